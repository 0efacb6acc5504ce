using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Compliance;

public static class ExportCompliance
{
    /// <summary>
    /// A company called <c>=HYPERLINK("x")</c> must not run in the spreadsheet of whoever opens the file (CSV injection, OWASP):
    /// an apostrophe goes before it.
    /// </summary>
    private static readonly CsvWriterOptions Csv = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    private static readonly string[] Headings = ["RegistrationNumber", "Name", "Stage", "MandatedAt", "RegisteredAt", "Facilities", "OpenFacilities"];

    /// <summary>The filtered board as CSV, written as the rows arrive. With a byte order mark, without which spreadsheets misread Arabic.</summary>
    public static async Task Handle([AsParameters] ComplianceFilter filter, EnrollmentDb db, HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=compliance.csv";
        await using var csv = CsvWriter.Create(response.Body, Csv, leaveOpen: true);
        foreach (var heading in Headings) csv.WriteField(heading);
        await csv.EndRecordAsync(cancel);
        await foreach (var row in db.ComplianceBoard.Matching(filter).OrderBy(r => r.RegistrationNumber).AsAsyncEnumerable().WithCancellation(cancel))
        {
            csv.WriteField(row.RegistrationNumber);
            csv.WriteField(row.Name);
            csv.WriteField(row.Stage.ToString());
            csv.WriteField(row.MandatedAt);
            csv.WriteField(row.RegisteredAt);
            csv.WriteField(row.Facilities);
            csv.WriteField(row.OpenFacilities);
            await csv.EndRecordAsync(cancel);
        }
    }
}
