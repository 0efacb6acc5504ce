using System.Text.Json;
using BetterConnections.Inventory.Devices;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

/// <summary>One pass over a manifest in batches, so that memory stays bounded. The caller owns the transaction, where there is one.</summary>
internal sealed class ManifestRun(InventoryDb db, ProgrammeSettings programme, ManifestImport import, Guid warehouseId, DeviceKind? kindIfNone, bool dryRun)
{
    private const int Batch = 1000;

    private readonly Dictionary<string, int> _rejected = [];
    private readonly List<RowError> _errors = [];
    private readonly Act _act = new(import.By, import.At, import.FileName is null ? "manifest" : $"manifest {import.FileName}");

    /// <summary>Registers what is good, counts it on the import and returns the first errors.</summary>
    public async Task<IReadOnlyList<RowError>> TakeAsync(Manifest manifest, CancellationToken cancel)
    {
        foreach (var rows in manifest.Rows.Chunk(Batch))
        {
            var sound = new List<ManifestRow>(rows.Length);
            var rejected = new List<RejectedRow>();
            foreach (var row in rows)
            {
                var errors = ErrorsOf(row, manifest).Select(e => RowError.Of(row.Number, e)).ToList();
                if (errors.Count == 0) sound.Add(row);
                else rejected.Add(Reject(row, errors));
            }
            import.Rows += rows.Length;
            await RegisterAsync(await UnknownAsync(sound, manifest, cancel), cancel);
            if (!dryRun) await db.CopyAsync(rejected, cancel);
        }
        import.RejectedByCode = _rejected;
        return _errors;
    }

    private IReadOnlyList<ManifestError> ErrorsOf(ManifestRow row, Manifest manifest) => row.Item is { Kind: null } && kindIfNone is null
        ? [new ManifestError(ManifestField.Kind, manifest.HeadingOf(ManifestField.Kind), ManifestErrors.KindRequired, "")]
        : row.Errors;

    private RejectedRow Reject(ManifestRow row, List<RowError> errors)
    {
        foreach (var error in errors) _rejected[error.Code] = _rejected.GetValueOrDefault(error.Code) + 1;
        Tell(errors);
        return new RejectedRow { ImportId = import.Id, Row = row.Number, Cells = [.. row.Cells], Errors = JsonSerializer.Serialize(errors) };
    }

    private async Task<List<ManifestRow>> UnknownAsync(List<ManifestRow> rows, Manifest manifest, CancellationToken cancel)
    {
        var serials = rows.Select(r => r.Item!.Serial).ToArray();
        var known = await db.Devices.Where(d => serials.Contains(d.Serial)).Select(d => d.Serial!).ToHashSetAsync(cancel);
        foreach (var row in rows.Where(r => known.Contains(r.Item!.Serial)))
            Tell([RowError.Of(row.Number, new ManifestError(ManifestField.Serial, manifest.HeadingOf(ManifestField.Serial), ManifestErrors.SerialAlreadyKnown, row.Item!.Serial))]);
        import.AlreadyKnown += known.Count;
        return rows.FindAll(r => !known.Contains(r.Item!.Serial));
    }

    private async Task RegisterAsync(List<ManifestRow> rows, CancellationToken cancel)
    {
        import.Accepted += rows.Count;
        if (dryRun || rows.Count == 0) return;
        var numbers = await db.NextDeviceNumbersAsync(rows.Count, cancel);
        var devices = rows.Select(r => r.Item!).Zip(numbers, (item, number) =>
            item.Receive(Barcode.Of(number, programme.BarcodePrefix), KindOf(item), import.DonationId, warehouseId, _act)).ToList();
        await db.CopyAsync(devices, cancel);
        await db.CopyAsync(devices.SelectMany(d => d.History), cancel);
    }

    private DeviceKind KindOf(ManifestItem item) => item.Kind is { } kind ? Enum.Parse<DeviceKind>(kind, ignoreCase: true) : kindIfNone!.Value;

    private void Tell(IEnumerable<RowError> errors) => _errors.AddRange(errors.Take(ImportReport.MostErrors - _errors.Count));
}
