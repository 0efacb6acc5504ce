using System.ComponentModel.DataAnnotations;
using System.Data;
using System.IO.Compression;
using System.Text;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace BetterConnections.Training.OneRoster;

public static class ExportRoster
{
    /// <summary>
    /// A ZIP of OneRoster 1.1 CSV files for a learning platform: who learns what, where and with whom, in sessions that start on
    /// <paramref name="from"/> to <paramref name="to"/> (left out: this year). Everybody is named by card code or volunteer number, also where the format asks for a name.
    /// </summary>
    /// <param name="facility">A facility's code; left out, all.</param>
    public static async Task<IResult> Handle([StringLength(40)] string? facility, DateOnly? from, DateOnly? to, TrainingDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel)
    {
        var zone = programme.Zone;
        var year = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Year;
        var (first, last) = (from ?? new(year, 1, 1), to ?? new(year, 12, 31));
        if (first > last) throw new BadInput("period_not_valid", "The period ends before it begins.");
        if (facility is not null && !await db.Facilities.AnyAsync(f => f.Code == facility, cancel)) throw new NotThere("facility_unknown", "There is no such facility.");

        // One snapshot for all files, or an enrollment could name a user that is not in the other file.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await RosterTables.PrepareAsync(db, facility, first, last, programme, cancel);
        // On disk first: half a million learners do not fit into memory, and what fails halfway can still be said.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        http.Response.RegisterForDisposeAsync(file);
        await WriteAsync(file, (NpgsqlConnection)transaction.GetDbTransaction().Connection!, programme, cancel);
        file.Position = 0;
        return Results.File(file, "application/zip", $"oneroster-{first:yyyyMMdd}-{last:yyyyMMdd}.zip");
    }

    private static async Task WriteAsync(Stream file, NpgsqlConnection connection, ProgrammeSettings programme, CancellationToken cancel)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        await using (var manifest = await OpenAsync(zip, "manifest.csv", cancel)) await manifest.WriteAsync(RosterTables.Manifest(programme));
        foreach (var (name, query) in RosterTables.Files)
        {
            await using var csv = await OpenAsync(zip, name, cancel);
            // PostgreSQL writes the CSV; only the line ends of RFC 4180 are missing, and no value holds a line end.
            using var rows = await connection.BeginTextExportAsync($"copy ({query}) to stdout (format csv, header)", cancel);
            while (await rows.ReadLineAsync(cancel) is { } row) await csv.WriteAsync($"{row}\r\n");
        }
    }

    private static async Task<StreamWriter> OpenAsync(ZipArchive zip, string name, CancellationToken cancel) =>
        new(await zip.CreateEntry(name).OpenAsync(cancel), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
