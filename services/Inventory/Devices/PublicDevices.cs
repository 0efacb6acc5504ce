using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Devices;

/// <summary>What anyone who scans a device's QR code may know. No serial, no person, no exact place.</summary>
/// <param name="Donor">Only where the donor agreed to be named.</param>
/// <param name="Zone">Of the facility it stands in.</param>
/// <param name="Steps">Its life so far, oldest first.</param>
public sealed record PublicDevice(string Barcode, DeviceKind Kind, string? Manufacturer, string? Model, DeviceState State, string StateInWords,
    string? Donor, string? Zone, IReadOnlyList<PublicStep> Steps);

public sealed record PublicStep(DateOnly On, DeviceState State, string InWords);

public static class PublicDevices
{
    public static void MapPublicDevices(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/inventory/public/devices/{barcode}", Read).WithTags("Public").AllowAnonymous();

    private static async Task<PublicDevice> Read(string barcode, InventoryDb db, ProgrammeSettings programme, CancellationToken cancel)
    {
        if (!Barcode.TryParse(barcode, programme.BarcodePrefix, out var scanned, out var error))
            throw error == BarcodeErrors.CheckCharacterWrong
                ? new BadInput(error, "Misread: the check character is wrong. Scan it again.")
                : new BadInput(BarcodeErrors.NotABarcode, "This is not one of the programme's barcodes.");

        var found = await db.Devices.AsNoTracking().Where(d => d.Number == scanned.Number).Select(d => new
        {
            d.Id,
            d.Barcode,
            d.Kind,
            d.Manufacturer,
            d.Model,
            d.State,
            Donor = db.Donations.Where(g => g.Id == d.DonationId)
                .Join(db.Donors.Where(n => n.NamePublic), g => g.DonorId, n => n.Id, (_, n) => n.Name).FirstOrDefault(),
            Zone = db.Kits.Where(k => k.FacilityId == d.LocationId).Select(k => k.Zone).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancel) ?? throw new NotThere("barcode_unknown", $"No device has the barcode {scanned}.");

        var steps = await db.DeviceEvents.AsNoTracking().Where(e => e.DeviceId == found.Id && (e.FromState == null || e.FromState != e.ToState))
            .OrderBy(e => e.Seq).Select(e => new { e.At, e.ToState }).ToListAsync(cancel);
        return new PublicDevice(found.Barcode, found.Kind, found.Manufacturer, found.Model, found.State, InWords(found.State), found.Donor, found.Zone,
            [.. steps.Select(s => new PublicStep(programme.Day(s.At), s.ToState, InWords(s.ToState)))]);
    }

    internal static string InWords(DeviceState state) => state switch
    {
        DeviceState.Received => "Received from its donor",
        DeviceState.Triaged => "Examined",
        DeviceState.Wiped => "All data of its donor erased",
        DeviceState.Refurbished => "Refurbished",
        DeviceState.Licensed => "Software licensed",
        DeviceState.InStock => "Ready, in store",
        DeviceState.Reserved => "Set aside for a facility",
        DeviceState.InTransit => "On its way to a facility",
        DeviceState.Deployed => "In use at a facility",
        DeviceState.Faulty => "Reported broken",
        DeviceState.InRepair => "Being repaired",
        DeviceState.Returned => "Back from where it was",
        DeviceState.Lost => "Lost",
        DeviceState.Retired => "Out of use",
        DeviceState.Recycled => "Recycled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };
}
