using System.Security.Claims;
using System.Text;
using System.Text.Json;
using BetterConnections.Documents;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

/// <summary>What was imported for a donation, and the rows that wait to be mended.</summary>
public static class ReadImports
{
    public static async Task<Page<ImportView>> List(Guid id, [AsParameters] Paging page, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        return await db.ManifestImports.AsNoTracking().Where(i => i.DonationId == id).PageAsync(i => i.Id, page,
            i => new ImportView(i.Id, i.FileName, i.Sha256, i.By, i.At, i.Rows, i.Accepted, i.AlreadyKnown, i.RejectedByCode), descending: true, cancel);
    }

    public static async Task<ImportDetails> One(Guid id, Guid importId, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var import = await db.VisibleImportAsync(id, importId, user, cancel);
        return new ImportDetails(ImportView.From(import), new ManifestColumns(import.Headings).All, await db.ErrorsAsync(importId, cancel));
    }

    /// <summary>
    /// The rejected rows under the donor's own headings, each led by its row number and what is wrong. Those two columns are
    /// ignored when the mended file is uploaded.
    /// </summary>
    public static async Task<PushStreamHttpResult> Errors(Guid id, Guid importId, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var import = await db.VisibleImportAsync(id, importId, user, cancel);
        return TypedResults.Stream(async body =>
        {
            // The mark tells spreadsheets that it is UTF-8.
            await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await WriteAsync(text, ["Row in file", "To mend", .. import.Headings]);
            await foreach (var row in db.Set<RejectedRow>().AsNoTracking().Where(r => r.ImportId == importId).OrderBy(r => r.Row).AsAsyncEnumerable())
                await WriteAsync(text, [$"{row.Row}", string.Join(" ", row.ReadErrors().Select(e => $"{e.Column}: {e.Sentence}")), .. row.Cells]);
        }, "text/csv", $"errors-{importId}.csv");
    }

    private static Task WriteAsync(StreamWriter text, string[] cells) =>
        text.WriteAsync(SpreadsheetText.Line(cells));

    /// <summary>The first <see cref="ImportReport.MostErrors"/> of an import's rejected rows.</summary>
    public static async Task<IReadOnlyList<RowError>> ErrorsAsync(this InventoryDb db, Guid importId, CancellationToken cancel)
    {
        var rows = await db.Set<RejectedRow>().AsNoTracking().Where(r => r.ImportId == importId).OrderBy(r => r.Row)
            .Take(ImportReport.MostErrors).ToListAsync(cancel);
        return [.. rows.SelectMany(r => r.ReadErrors()).Take(ImportReport.MostErrors)];
    }

    private static List<RowError> ReadErrors(this RejectedRow row) => JsonSerializer.Deserialize<List<RowError>>(row.Errors)!;

    private static async Task<ManifestImport> VisibleImportAsync(this InventoryDb db, Guid id, Guid importId, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        return await db.ManifestImports.AsNoTracking().SingleOrDefaultAsync(i => i.DonationId == id && i.Id == importId, cancel)
            ?? throw new NotThere("import_unknown", "This donation has no such import.");
    }
}
