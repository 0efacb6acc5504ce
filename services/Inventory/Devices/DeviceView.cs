using System.Linq.Expressions;
using BetterConnections.Inventory.Wipes;

namespace BetterConnections.Inventory.Devices;

/// <summary>A device as the API shows it.</summary>
public sealed record DeviceView(string Barcode, DeviceKind Kind, string? Serial, string? Manufacturer, string? Model, string? Cpu, int? MemoryGb,
    int? StorageGb, StorageKind Storage, int? PurchasedYear, string? DonorAssetTag, decimal? BookValue, string? Notes, DeviceState State,
    DateTimeOffset StateSince, Guid? LocationId, Guid? DonationId, Guid? KitId, DateTimeOffset ReceivedAt,
    WipeStanding Wipe, bool WipeWaived)
{
    public static readonly Expression<Func<Device, DeviceView>> Of = d => new DeviceView(d.Barcode, d.Kind, d.Serial, d.Manufacturer, d.Model, d.Cpu,
        d.MemoryGb, d.StorageGb, d.Storage, d.PurchasedYear, d.DonorAssetTag, d.BookValue, d.Notes, d.State,
        d.StateSince, d.LocationId, d.DonationId, d.KitId, d.ReceivedAt,
        d.Wipe, d.WipeWaived);

    private static readonly Func<Device, DeviceView> Compiled = Of.Compile();

    public static DeviceView From(Device device) => Compiled(device);
}

public sealed record DeviceEventView(int Seq, DateTimeOffset At, string By, string? Why, DeviceState? From, DeviceState To, Guid? LocationId);
