using System.ComponentModel.DataAnnotations;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Labels;

public enum LabelFormat { Pdf, Zpl }

/// <summary>Which labels: the barcodes as scanned, all devices of a donation, or all at a location.</summary>
/// <param name="Format">A PDF sheet for any printer, or ZPL II for a label printer; left out, the Accept header decides.</param>
/// <param name="Used">Labels of the first sheet that are already gone; PDF only.</param>
public sealed record LabelOrder(string[]? Barcodes = null, Guid? DonationId = null, Guid? LocationId = null, LabelFormat? Format = null, [Range(0, 23)] int Used = 0);

public static class LabelsApi
{
    public const int Most = 2000;
    private const string Pdf = "application/pdf", Zpl = "application/zpl";

    public static void MapLabels(this IEndpointRouteBuilder app)
    {
        var labels = app.MapGroup("/api/inventory/labels").WithTags("Labels").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        labels.MapPost("/", (LabelOrder order, InventoryDb db, ProgrammeSettings programme, HttpRequest request, CancellationToken cancel) =>
            PrintAsync(order, db, programme, request, cancel));
        // Its parameters one by one: the API document cannot describe a validated member of an [AsParameters] record.
        labels.MapGet("/", (string[]? barcodes, Guid? donationId, Guid? locationId, LabelFormat? format, [Range(0, 23)] int? used, InventoryDb db,
            ProgrammeSettings programme, HttpRequest request, CancellationToken cancel) =>
            PrintAsync(new(barcodes, donationId, locationId, format, used ?? 0), db, programme, request, cancel));
    }

    private static async Task<FileContentHttpResult> PrintAsync(LabelOrder order, InventoryDb db, ProgrammeSettings programme, HttpRequest request, CancellationToken cancel)
    {
        var format = order.Format ?? (request.Choose(Pdf, Zpl) == Pdf ? LabelFormat.Pdf : LabelFormat.Zpl);
        var wishes = new[] { order.Barcodes is { Length: > 0 }, order.DonationId is not null, order.LocationId is not null };
        if (wishes.Count(wished => wished) != 1 || order.Barcodes?.Length > Most)
            throw new BadInput("label_order_not_valid", $"Give 1 to {Most} barcodes, or a donation, or a location.");
        var numbers = order.Barcodes is { Length: > 0 } scanned ? await KnownAsync(scanned, db, programme, cancel)
            : await db.Devices.Where(d => order.DonationId != null ? d.DonationId == order.DonationId : d.LocationId == order.LocationId)
                .OrderBy(d => d.Number).Select(d => d.Number).Take(Most + 1).ToListAsync(cancel);
        if (numbers.Count == 0) throw new NotThere("no_devices", "There is nothing to label.");
        if (numbers.Count > Most) throw new BadInput("label_order_too_large", $"More than {Most} labels: order them in parts.");

        var barcodes = numbers.Select(n => Barcode.Of(n, programme.BarcodePrefix)).ToList();
        var qrPrefix = programme.PublicUrl.Length == 0 ? "" : $"{programme.PublicUrl.TrimEnd('/')}/devices/";
        return format == LabelFormat.Pdf
            ? TypedResults.File(LabelSheet.Pdf(barcodes, new LabelGrid(), qrPrefix, order.Used), Pdf, "labels.pdf")
            : TypedResults.File(Encoding.UTF8.GetBytes(ZplLabels.Zpl(barcodes, qrPrefix)), Zpl, "labels.zpl");
    }

    /// <summary>In the order given; a label for a device that is not there would only be stuck on something else.</summary>
    private static async Task<List<long>> KnownAsync(IReadOnlyList<string> scanned, InventoryDb db, ProgrammeSettings programme, CancellationToken cancel)
    {
        var numbers = scanned.Select(s => Barcode.TryParse(s, programme.BarcodePrefix, out var barcode, out var error) ? barcode.Number
            : throw new BadInput(error!, $"'{s.Trim()}' is not a barcode of the programme, or was misread.")).ToList();
        var known = await db.Devices.Where(d => numbers.Contains(d.Number)).Select(d => d.Number).ToHashSetAsync(cancel);
        return numbers.FirstOrDefault(n => !known.Contains(n)) is var unknown and not 0
            ? throw new NotThere("barcode_unknown", $"No device has the barcode {Barcode.Of(unknown, programme.BarcodePrefix)}.")
            : numbers;
    }
}
