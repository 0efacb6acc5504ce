using System.Linq.Expressions;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Wipes;

namespace BetterConnections.Inventory.Donations;

public sealed record DonationView(Guid Id, Guid DonorId, string Description, int ExpectedDevices, string? CollectFrom, Guid? WarehouseId,
    DonationState State, DateTimeOffset StateSince)
{
    public static readonly Expression<Func<Donation, DonationView>> Of = d =>
        new DonationView(d.Id, d.DonorId, d.Description, d.ExpectedDevices, d.CollectFrom, d.WarehouseId, d.State, d.StateSince);

    private static readonly Func<Donation, DonationView> Compiled = Of.Compile();

    public static DonationView From(Donation donation) => Compiled(donation);
}

public sealed record DonationEventView(int Seq, DateTimeOffset At, string By, string? Why, DonationState State);

/// <summary>A given device and where its life has come to.</summary>
/// <param name="Facility">The code of the facility it stands in.</param>
/// <param name="Zone">The facility's zone.</param>
public sealed record DonatedDeviceView(string Barcode, string? Serial, string? AssetTag, DeviceKind Kind, string? Model,
    DeviceState State, DateTimeOffset StateSince, string? Facility, string? Zone);

/// <summary>That a disk of a given device was erased.</summary>
/// <param name="Certificate">Its SHA-256, by which anybody can check it.</param>
public sealed record DonatedCertificateView(Guid WipeId, string Barcode, string? Serial, StorageKind MediaType, string? MediaModel, string? MediaSerial,
    WipeMethod Method, DateTimeOffset IssuedAt, string Certificate);

/// <summary>What became of a donation.</summary>
/// <param name="Recycled">Devices that ended at the recycler, also in <paramref name="States"/>.</param>
public sealed record DonationOutcome(int Devices, IReadOnlyDictionary<DeviceState, int> States, IReadOnlyList<FacilityDevices> Facilities, int Recycled);

public sealed record FacilityDevices(string Facility, string? Zone, int Devices);
