using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BetterConnections.Testing;

/// <summary>A lock that the test holds, so that requests queue behind it in the order that the test wants.</summary>
public sealed class HeldLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldLock(NpgsqlConnection connection) => _connection = connection;

    /// <param name="sql">Takes the lock.</param>
    public static async Task<HeldLock> TakeAsync(IServiceProvider service, string sql)
    {
        var held = new HeldLock(await service.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync());
        await held.RunAsync($"begin; {sql}");
        return held;
    }

    /// <summary>Until so many sessions wait: the first for the test, others for it or behind that one.</summary>
    public Task WaitForAsync(long sessions) => Eventually.BecomesAsync(async () =>
    {
        // Within a transaction PostgreSQL shows the sessions of its first look, so who connected later would never be seen to wait.
        await RunAsync("select pg_stat_clear_snapshot()");
        return (long)(await RunAsync("""
            with recursive waiting (pid) as (
                select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))
                union select a.pid from pg_stat_activity a join waiting w on w.pid = any (pg_blocking_pids(a.pid)))
            select count(*) from waiting
            """))!;
    }, waiting => waiting == sessions);

    public Task ReleaseAsync() => RunAsync("commit");

    /// <summary>In the transaction that holds the lock.</summary>
    public async Task<object?> RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
