using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Postgres;

/// <summary>
/// Applies a service's embedded <c>Migrations/NNNN_name.sql</c> in order, each once and in a transaction of its own,
/// under an advisory lock, so that replicas may start together. Migrations are plain SQL: see docs/decisions/0003.
/// </summary>
public static class Migrator
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(500);
    private const long LockKey = 0x4243_4d49_4752_4154; // "BCMIGRAT"

    public static async Task MigrateAsync(NpgsqlDataSource database, Assembly service, ILogger log, CancellationToken cancel = default)
    {
        await using var connection = await OpenAsync(database, log, cancel);
        await Execute("select pg_advisory_lock($1)", LockKey);
        try
        {
            await Execute("""
                create table if not exists schema_migrations
                    (name text constraint pk_schema_migrations primary key, applied_at timestamptz not null default now())
                """);
            var applied = await Names();
            foreach (var (name, sql) in Scripts(service).Where(s => !applied.Contains(s.Name)))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await Execute(sql);
                await Execute("insert into schema_migrations (name) values ($1)", name);
                await transaction.CommitAsync(cancel);
                log.LogInformation("Applied migration {Migration}", name);
            }
        }
        finally
        {
            await Execute("select pg_advisory_unlock($1)", LockKey);
        }

        async Task Execute(string sql, object? parameter = null)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            if (parameter is not null) command.Parameters.Add(new() { Value = parameter });
            await command.ExecuteNonQueryAsync(cancel);
        }

        async Task<HashSet<string>> Names()
        {
            await using var command = new NpgsqlCommand("select name from schema_migrations", connection);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var names = new HashSet<string>();
            while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
            return names;
        }
    }

    /// <summary>
    /// Waits for a server that is away, starting up or full: where everything starts at once, ending here and being started again by whoever
    /// watches would take the processor from the very server that is waited for. A wrong password or database is told at once.
    /// </summary>
    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource database, ILogger log, CancellationToken cancel)
    {
        string? told = null;
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancel))
        {
            try
            {
                return await database.OpenConnectionAsync(cancel);
            }
            catch (NpgsqlException e) when (e.IsTransient && waited.Elapsed < Patience)
            {
                var reason = e.SqlState ?? (e.InnerException ?? e).GetType().Name;
                if (told != reason) log.LogWarning("The database does not take connections yet: {Reason}", told = reason);
            }
        }
    }

    /// <summary>The scripts of <paramref name="service"/> in order; a service without any is miswired and does not start.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Scripts(Assembly service)
    {
        var scripts = service.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
            .Select(n => (Name: n.Split('.')[^2], Resource: n))
            .OrderBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => (s.Name, new StreamReader(service.GetManifestResourceStream(s.Resource)!).ReadToEnd()))
            .ToList();
        return scripts.Count > 0 ? scripts : throw new InvalidOperationException($"{service.GetName().Name} has no embedded Migrations/*.sql.");
    }
}
