using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Postgres.Audit;

/// <summary>
/// Every second: a seal over the entries that have none. Requests only append, side by side, and wait for no chain; an entry of a long
/// transaction comes under the seal after its commit. Replicas take turns.
/// </summary>
public sealed class AuditSealer(NpgsqlDataSource database, TimeProvider clock, ILogger<AuditSealer> log) : BackgroundService
{
    private const int Batch = 5000;
    private const long LockKey = 0x4243_4155_4449_5400; // "BCAUDIT"

    private DateTimeOffset _logged;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                while (await SealAsync(stopping) == Batch) { }
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "The audit trail was not sealed; trying again");
                await Task.Delay(TimeSpan.FromSeconds(10), stopping);
            }
        }
    }

    /// <summary>Seals what is there, up to a batch. Returns how many entries.</summary>
    public async Task<int> SealAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using (var any = new NpgsqlCommand("select exists (select from audit_entries where seal is null)", connection))
            if (!(bool)(await any.ExecuteScalarAsync(cancel))!) return 0;

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LockKey } } })
            if (!(bool)(await turn.ExecuteScalarAsync(cancel))!) return 0;

        var previous = await AuditRows.LastSealAsync(connection, cancel);
        var (ids, hashes) = (new List<long>(), new List<byte[]>());
        await using (var read = new NpgsqlCommand($"select {AuditRows.Columns} from audit_entries e where seal is null order by id limit {Batch}", connection))
        await using (var rows = await read.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel))
            {
                var entry = AuditRows.Entry(rows);
                ids.Add(entry.Id);
                hashes.Add(entry.Hash());
            }
        if (ids.Count == 0) return 0;

        var seal = AuditSeal.After(previous, clock.GetUtcNow(), hashes);
        await using (var write = new NpgsqlCommand("""
            with sealed as (update audit_entries set seal = $1 where id = any($5))
            insert into audit_seals (number, at, entries, hash) values ($1, $2, $3, $4)
            """, connection) { Parameters = { new() { Value = seal.Number }, new() { Value = seal.At }, new() { Value = seal.Entries }, new() { Value = seal.Hash }, new() { Value = ids.ToArray() } } })
            await write.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        Note(seal);
        return ids.Count;
    }

    /// <summary>In the log, which is kept elsewhere, so that who rewrites the whole chain cannot rewrite this.</summary>
    private void Note(AuditSeal seal)
    {
        if (seal.At - _logged < TimeSpan.FromHours(1)) return;
        _logged = seal.At;
        log.LogInformation("The audit trail is sealed up to {Number}: {Hash}", seal.Number, Convert.ToHexStringLower(seal.Hash));
    }
}
