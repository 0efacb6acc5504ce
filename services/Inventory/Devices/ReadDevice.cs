using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Devices;

public static class ReadDevice
{
    /// <summary>By barcode as scanned, or by the maker's serial.</summary>
    public static async Task<DeviceView> Handle(string barcode, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, HttpResponse response,
        CancellationToken cancel)
    {
        var device = await db.DevicesVisibleTo(user).ScannedAsync(barcode, programme, cancel);
        response.SetETag(device.Version);
        return DeviceView.From(device);
    }

    /// <summary>The device that was scanned; a misread label is told apart from an unknown one, so that the hand with the scanner knows to scan again.</summary>
    public static async Task<Device> ScannedAsync(this IQueryable<Device> devices, string scanned, ProgrammeSettings programme, CancellationToken cancel)
    {
        if (Barcode.TryParse(scanned, programme.BarcodePrefix, out var barcode, out var error))
        {
            var text = barcode.ToString();
            return await devices.SingleOrDefaultAsync(d => d.Barcode == text, cancel)
                ?? throw new NotThere("barcode_unknown", $"No device has the barcode {text}.");
        }
        if (error == BarcodeErrors.CheckCharacterWrong)
            throw new BadInput(BarcodeErrors.CheckCharacterWrong, $"'{scanned.Trim()}' was misread: its check character is wrong. Scan it again.");

        var serial = Device.NormaliseSerial(scanned);
        return await devices.SingleOrDefaultAsync(d => d.Serial == serial, cancel)
            ?? throw new NotThere("device_unknown", $"No device has the barcode or serial '{scanned.Trim()}'.");
    }
}
