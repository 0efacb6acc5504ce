using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Bench;

/// <summary>
/// The physical limit: what PostgreSQL's own tools reach with the same statements or rows, on the same server with the same settings.
/// Writes go to a scratch database with the service's tables, indexes and triggers.
/// </summary>
internal sealed partial class Limit(Installation system)
{
    private const string Scratch = "bench_limits";

    /// <summary>An empty copy of a service's database; returns its name.</summary>
    public async Task<string> ScratchAsync(string database)
    {
        await system.CloseAsync(Scratch);
        await system.ExecuteAsync("postgres", $"drop database if exists {Scratch} with (force)");
        await system.ExecuteAsync("postgres", $"create database {Scratch}");
        var schema = Path.Combine(system.RunDirectory, "log", "scratch.sql");
        await RunAsync("pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--file", schema, database);
        await RunAsync("psql", "--quiet", "--no-psqlrc", "--file", schema, Scratch);
        return Scratch;
    }

    /// <summary>Transactions a second of a script in benchmarks/limits, prepared, over as many connections as the product is asked by.</summary>
    public async Task<double> PgBenchAsync(string database, string script, int clients, TimeSpan time, params (string Name, object Value)[] variables)
    {
        var output = await RunAsync("pgbench", ["--no-vacuum", "--protocol", "prepared", "--client", $"{clients}", "--jobs", "2", "--time", $"{Math.Max(2, time.TotalSeconds):0}",
            "--file", Path.Combine(system.Repository, "benchmarks", "limits", script), .. variables.SelectMany(v => new[] { "--define", $"{v.Name}={v.Value}" }), database]);
        if (!output.Contains("failed transactions: 0 ", StringComparison.Ordinal) || Rate().Match(output) is not { Success: true } rate)
            throw new InvalidOperationException($"pgbench had no valid run of {script}: {output}");
        return double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>How long <c>\copy</c> takes for rows that the product has written, into the same tables with the same indexes, without triggers and foreign keys.</summary>
    public async Task<TimeSpan> CopyAsync(string from, params (string Table, string Where)[] tables)
    {
        var files = tables.Select(t => (t.Table, File: Path.Combine(system.RunDirectory, "log", $"{t.Table}.copy"))).ToList();
        foreach (var ((table, where), (_, file)) in tables.Zip(files)) await RunAsync("psql", "--quiet", "--no-psqlrc", "--command", $@"\copy (select * from {table} where {where}) to '{file}'", from);
        await system.ExecuteAsync(Scratch, $"truncate {string.Join(", ", tables.Select(t => t.Table))} cascade; checkpoint");
        var started = Stopwatch.GetTimestamp();
        await RunAsync("psql", ["--quiet", "--no-psqlrc", "--single-transaction", "--command", "set session_replication_role = replica",
            .. files.SelectMany(f => new[] { "--command", $@"\copy {f.Table} from '{f.File}'" }), Scratch]);
        var time = Stopwatch.GetElapsedTime(started);
        foreach (var (_, file) in files) File.Delete(file);
        return time;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(system.PostgresPrograms, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (system.Server.Host, $"{system.Server.Port}");
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (system.Server.Username, system.Server.Password);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
