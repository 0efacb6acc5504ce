using System.ComponentModel.DataAnnotations;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Labels;

public enum LabelFormat { Pdf, Zpl }

/// <summary>Which labels: the barcodes as scanned, or all devices of a donation.</summary>
/// <param name="Format">A PDF sheet for any printer, or ZPL II for a label printer.</param>
/// <param name="Used">Labels of the first sheet that are already gone; PDF only.</param>
public sealed record LabelOrder(IReadOnlyList<string>? Barcodes = null, Guid? DonationId = null, LabelFormat Format = LabelFormat.Pdf, [Range(0, 23)] int Used = 0);

public static class LabelsApi
{
    public const int Most = 2000;

    public static void MapLabels(this IEndpointRouteBuilder app) => app.MapPost("/api/inventory/labels", Print).WithTags("Labels")
        .RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));

    private static async Task<FileContentHttpResult> Print(LabelOrder order, InventoryDb db, ProgrammeSettings programme, CancellationToken cancel)
    {
        var numbers = (order.Barcodes, order.DonationId) switch
        {
            ({ Count: > 0 and <= Most } scanned, null) => await KnownAsync(scanned, db, programme, cancel),
            (null, { } donation) => await db.Devices.Where(d => d.DonationId == donation).OrderBy(d => d.Number).Select(d => d.Number).Take(Most + 1).ToListAsync(cancel),
            _ => throw new BadInput("label_order_not_valid", $"Give 1 to {Most} barcodes, or a donation."),
        };
        if (numbers.Count == 0) throw new NotThere("no_devices", "There is nothing to label.");
        if (numbers.Count > Most) throw new BadInput("label_order_too_large", $"More than {Most} labels: order them in parts.");

        var barcodes = numbers.Select(n => Barcode.Of(n, programme.BarcodePrefix)).ToList();
        var qrPrefix = programme.PublicUrl.Length == 0 ? "" : $"{programme.PublicUrl.TrimEnd('/')}/api/inventory/public/devices/";
        return order.Format == LabelFormat.Pdf
            ? TypedResults.File(LabelSheet.Pdf(barcodes, new LabelGrid(), qrPrefix, order.Used), "application/pdf", "labels.pdf")
            : TypedResults.File(Encoding.UTF8.GetBytes(ZplLabels.Zpl(barcodes, qrPrefix)), "application/zpl", "labels.zpl");
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
