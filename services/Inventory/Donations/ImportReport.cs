namespace BetterConnections.Inventory.Donations;

/// <summary>What an import did, or as a dry run would do.</summary>
/// <param name="ImportId">Null for a dry run, which leaves nothing behind.</param>
/// <param name="AlreadyImported">The same content was imported before for this donation; <paramref name="Earlier"/> tells what it did then.</param>
/// <param name="Rows">Rows that are not blank.</param>
/// <param name="Accepted">Rows that became devices, or would.</param>
/// <param name="AlreadyKnown">Rows in order whose serial some device had already; code <c>serial_already_known</c>.</param>
/// <param name="Rejected">How often each other code was found.</param>
/// <param name="Columns">How the headings were understood.</param>
/// <param name="Errors">The first 1,000, serials already known included; <c>errors.csv</c> has every row to mend.</param>
public sealed record ImportReport(Guid? ImportId, bool DryRun, bool AlreadyImported, string Sha256, int Rows, int Accepted, int AlreadyKnown,
    IReadOnlyDictionary<string, int> Rejected, IReadOnlyList<ManifestColumn> Columns, IReadOnlyList<RowError> Errors, ImportView? Earlier = null)
{
    public const int MostErrors = 1000;

    public static ImportReport Of(ManifestImport import, Manifest manifest, IReadOnlyList<RowError> errors, bool dryRun) => new(dryRun ? null : import.Id, dryRun, false,
        import.Sha256, import.Rows, import.Accepted, import.AlreadyKnown, import.RejectedByCode, manifest.Columns, errors);

    /// <summary>The answer to a file that is already in: nothing is accepted now.</summary>
    public static ImportReport Repeated(ManifestImport import, IReadOnlyList<RowError> errors, bool dryRun) => new(import.Id, dryRun, true,
        import.Sha256, import.Rows, 0, import.AlreadyKnown + import.Accepted, import.RejectedByCode, new ManifestColumns(import.Headings).All, errors, ImportView.From(import));
}

/// <summary>An import in a donation's history.</summary>
public sealed record ImportView(Guid Id, string? FileName, string Sha256, string By, DateTimeOffset At, int Rows, int Accepted, int AlreadyKnown,
    IReadOnlyDictionary<string, int> Rejected)
{
    public static ImportView From(ManifestImport i) => new(i.Id, i.FileName, i.Sha256, i.By, i.At, i.Rows, i.Accepted, i.AlreadyKnown, i.RejectedByCode);
}

/// <summary>An import with the first 1,000 errors of its rejected rows.</summary>
public sealed record ImportDetails(ImportView Import, IReadOnlyList<ManifestColumn> Columns, IReadOnlyList<RowError> Errors);
