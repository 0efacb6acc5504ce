using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Devices;

/// <summary>The answer to one beep: done, or the code and sentence of why not.</summary>
/// <param name="Barcode">As read, or the corrected form where it was one of ours.</param>
public sealed record ScanResult(string Barcode, bool Done, DeviceState? State = null, string? Code = null, string? Sentence = null);

public sealed record ScanReport(int Done, int Refused, IReadOnlyList<ScanResult> Results)
{
    public static ScanReport Of(IReadOnlyList<ScanResult> results) => new(results.Count(r => r.Done), results.Count(r => !r.Done), results);
}

/// <summary>Bulk scanning: many barcodes in one request, an answer for each, the good ones done though others are refused.</summary>
public static class Scanning
{
    public const int Most = 2000;

    /// <summary>
    /// Locks the scanned devices, in one query and in one order so that two scanners cannot deadlock, and runs <paramref name="act"/> on each.
    /// A <see cref="Refusal"/> answers that barcode only, so <paramref name="act"/> decides before it changes anything.
    /// The caller owns the transaction and saves.
    /// </summary>
    public static async Task<IReadOnlyList<ScanResult>> EachAsync(this InventoryDb db, IReadOnlyList<string> scanned, ProgrammeSettings programme,
        Action<Device> act, CancellationToken cancel)
    {
        if (scanned.Count is 0 or > Most) throw new BadInput("scan_count_not_valid", $"Scan 1 to {Most} barcodes in one request.");
        var read = scanned.Select(s => (Text: s, Ok: Barcode.TryParse(s, programme.BarcodePrefix, out var barcode, out var error), Barcode: barcode.Number > 0 ? barcode.ToString() : "", Error: error)).ToList();
        var wanted = read.Where(r => r.Ok).Select(r => r.Barcode).Distinct().ToArray();
        var devices = await db.Devices.FromSql($"select *, xmin from devices where barcode = any({wanted}) order by number for update")
            .ToDictionaryAsync(d => d.Barcode, cancel);

        var seen = new HashSet<string>();
        return [.. read.Select(r => r switch
        {
            { Ok: false, Error: BarcodeErrors.CheckCharacterWrong } => Refused(r.Text.Trim(), r.Error, "Misread: the check character is wrong. Scan it again."),
            { Ok: false } => Refused(r.Text.Trim(), BarcodeErrors.NotABarcode, "This is not one of the programme's barcodes."),
            _ when !devices.ContainsKey(r.Barcode) => Refused(r.Barcode, "barcode_unknown", "No device has this barcode."),
            _ when !seen.Add(r.Barcode) => Refused(r.Barcode, "scanned_twice", "This barcode is in the request twice."),
            _ => Try(devices[r.Barcode], act),
        })];
    }

    internal static ScanResult Try(Device device, Action<Device> act)
    {
        try
        {
            act(device);
            return new(device.Barcode, true, device.State);
        }
        catch (Refusal refusal)
        {
            return new(device.Barcode, false, device.State, refusal.Code, refusal.Message);
        }
    }

    private static ScanResult Refused(string barcode, string code, string sentence) => new(barcode, false, null, code, sentence);
}
