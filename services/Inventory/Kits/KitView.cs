using System.Linq.Expressions;
using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Kits;

public sealed record KitView(Guid FacilityId, string Code, string? Zone, int Priority, DateTimeOffset ReadyAt, int Computers, int Modems,
    KitStatus Status, DateTimeOffset StatusSince, string? Reason, int MissingComputers, int MissingModems, string? PriorityNote, DateOnly? DeliveryOn)
{
    public static readonly Expression<Func<Kit, KitView>> Of = k => new KitView(k.FacilityId, k.Code, k.Zone, k.Priority, k.ReadyAt, k.Computers, k.Modems,
        k.Status, k.StatusSince, k.Reason, k.MissingComputers, k.MissingModems, k.PriorityNote, k.DeliveryOn);

    private static readonly Func<Kit, KitView> Compiled = Of.Compile();

    public static KitView From(Kit kit) => Compiled(kit);
}

public sealed record KitDevice(string Barcode, DeviceKind Kind, string? Serial, DeviceState State, DateTimeOffset StateSince, Guid? LocationId);

public sealed record KitWithDevices(KitView Kit, IReadOnlyList<KitDevice> Devices);

/// <param name="Position">1 is served next. Facilities that lack a replacement come before those that wait for their kit.</param>
/// <param name="Reason">See <see cref="WaitReasons"/>; null before the line was first gone through.</param>
public sealed record WaitingKit(long Position, Guid FacilityId, string Code, string? Zone, int Priority, DateTimeOffset ReadyAt, int Computers, int Modems,
    string Status, string? Reason, int MissingComputers, int MissingModems);

/// <param name="FacilityId">Where it stands or is on its way to.</param>
public sealed record PickUp(string Barcode, DeviceKind Kind, DeviceState State, DateTimeOffset StateSince, Guid? FacilityId);
