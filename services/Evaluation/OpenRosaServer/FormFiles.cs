using BetterConnections.Documents;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>What goes to a phone with its forms: recordings, and lists of the collector's own facilities and nobody else's, for every phone keeps a copy.</summary>
public static class FormFiles
{
    /// <returns>UTF-8 without a byte order mark, which apps would take for a part of the first heading; the same rows make the same bytes.</returns>
    /// <exception cref="NotThere">file_unknown</exception>
    public static async Task<byte[]> OfAsync(EvaluationDb db, string file, FieldCollector collector, CancellationToken cancel)
    {
        var csv = new StringBuilder();
        switch (file)
        {
            case ExternalFiles.Facilities:
                await foreach (var f in db.Facilities.Where(f => collector.Facilities.Contains(f.Code!)).OrderBy(f => f.Code)
                    .Select(f => new { f.Code, f.Zone }).AsAsyncEnumerable().WithCancellation(cancel))
                    Row(csv, f.Code, $"{f.Code} {f.Zone}".TrimEnd());
                break;
            case ExternalFiles.Workers:
                var workers = from w in db.Workers
                              join f in db.Facilities on w.FacilityId equals f.Id
                              where w.Askable && collector.Facilities.Contains(f.Code!)
                              orderby f.Code, w.Card
                              select new { w.Pseudonym, w.Card, f.Code, w.Languages };
                await foreach (var w in workers.AsAsyncEnumerable().WithCancellation(cancel))
                    Row(csv, w.Pseudonym, w.Card, w.Code, w.Languages.FirstOrDefault(), w.Card);
                break;
            default:
                throw new NotThere("file_unknown", $"There is no file {file}.");
        }
        return Encoding.UTF8.GetBytes(string.Join(',', ExternalFiles.Columns[file]) + "\n" + csv);
    }

    public static IQueryable<InstrumentFile> RecordingsOf(this EvaluationDb db, string formId) =>
        db.InstrumentFiles.AsNoTracking().Where(f => db.Instruments.Any(i => i.Code == f.InstrumentCode && i.FormId == formId));

    public static string Md5(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary>Phones compare what is written here with what was scanned, so nothing is neutralised.</summary>
    private static void Row(StringBuilder csv, params IEnumerable<string?> fields) => csv.AppendJoin(',', fields.Select(f => SpreadsheetText.Quoted(f ?? ""))).Append('\n');
}
