using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Donations;

/// <summary>How a line of a donor's list becomes a device.</summary>
internal static class ManifestDevices
{
    private const int LongestNotes = 1000;

    public static Device Receive(this ManifestItem item, Barcode barcode, DeviceKind kind, Guid donationId, Guid warehouseId, Act act)
    {
        var device = Device.Receive(barcode, kind, item.Serial, StorageOf(item, kind), warehouseId, act);
        device.DonationId = donationId;
        device.Manufacturer = item.Manufacturer;
        device.Model = item.Model;
        device.Cpu = item.Cpu;
        device.MemoryGb = Whole(item.MemoryGb);
        device.StorageGb = Whole(item.StorageGb);
        device.PurchasedYear = item.PurchasedYear;
        device.DonorAssetTag = item.AssetTag;
        device.BookValue = item.BookValue;
        // Where it stood at the donor's helps to find its history there; it is none of our locations.
        var notes = string.Join(" · ", new[] { item.Notes, item.Location }.OfType<string>());
        device.Notes = notes.Length == 0 ? null : notes[..Math.Min(notes.Length, LongestNotes)];
        return device;
    }

    /// <summary>A medium that is named is believed; a mix of media, and a silent computer, stay unknown so that the wipe has to find out.</summary>
    private static StorageKind StorageOf(ManifestItem item, DeviceKind kind) => item switch
    {
        { StorageMedium: "ssd" } => StorageKind.Ssd,
        { StorageMedium: "hdd" } => StorageKind.Hdd,
        { StorageGb: null } when kind is DeviceKind.Modem or DeviceKind.Monitor or DeviceKind.Printer => StorageKind.None,
        _ => StorageKind.Unknown,
    };

    private static int? Whole(decimal? gigabytes) => gigabytes is { } value ? (int)Math.Round(value, MidpointRounding.AwayFromZero) : null;
}
