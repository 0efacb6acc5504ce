using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Wipes;

/// <summary>Triaged devices and wipe records as tests speak of them.</summary>
internal static class Bench
{
    public static Task<List<Device>> TriagedAsync(this InventoryApp inventory, int count = 1, StorageKind storage = StorageKind.Hdd, Guid? locationId = null,
        DeviceState until = DeviceState.Triaged) => inventory.InDbAsync(async db =>
        {
            var devices = new List<Device>();
            foreach (var number in await db.NextDeviceNumbersAsync(count, CancellationToken.None))
            {
                var act = new Act("test", inventory.Clock.GetUtcNow());
                var device = Device.Receive(Barcode.Of(number, "BC"), DeviceKind.Desktop, Some.Serial(), storage, locationId, act);
                if (until != DeviceState.Received) device.Move(DeviceState.Triaged, act);
                devices.Add(device);
            }
            db.AddRange(devices);
            await db.SaveChangesAsync();
            return devices;
        });

    /// <summary>Devices that may leave for a club.</summary>
    public static Task<List<Device>> PurgedAsync(this InventoryApp inventory, int count = 1) => inventory.InDbAsync(async db =>
    {
        var devices = await inventory.TriagedAsync(count);
        db.AttachRange(devices);
        foreach (var device in devices) device.SettleWipe(WipeStanding.Purge, new Act("test", inventory.Clock.GetUtcNow()));
        await db.SaveChangesAsync();
        return devices;
    });

    /// <summary>A record that is in order; tests say what is different.</summary>
    public static NewWipe Record(string barcode, WipeMethod method = WipeMethod.Purge, WipeTechnique technique = WipeTechnique.BlockErase,
        StorageKind media = StorageKind.Ssd, string? serial = null, WipeStatus status = WipeStatus.Succeeded, VerificationResult verified = VerificationResult.Passed,
        string? wipedBy = null) =>
        new(barcode, new WipedMedia(media, serial ?? Some.Serial(), "Samsung (SSD) 860", 500_107_862_016), method, technique, "hdparm", "9.65",
            new WipeVerification(VerificationKind.Full, verified), status, new DateTimeOffset(2025, 11, 20, 8, 0, 0, TimeSpan.FromHours(3)),
            new DateTimeOffset(2025, 11, 20, 9, 30, 0, TimeSpan.FromHours(3)), wipedBy);

    public static Task<WipeReport> WipeAsync(this HttpClient client, params NewWipe[] records) => client.PostAsync<WipeReport>("/api/inventory/wipes", new NewWipes(records));

    public static Task<DeviceView> DeviceViewAsync(this HttpClient client, string barcode) => client.GetAsync<DeviceView>($"/api/inventory/devices/{barcode}");
}
