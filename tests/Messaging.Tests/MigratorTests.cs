using BetterConnections.Postgres;
using BetterConnections.Testing;
using Npgsql;
using Xunit;

namespace BetterConnections.Messaging.Tests;

public sealed class MigratorTests
{
    [Fact]
    public async Task A_service_that_starts_before_its_database_waits_for_it()
    {
        await using var notes = await TestDatabase.EmptyAsync();
        var server = new NpgsqlConnectionStringBuilder(notes.ConnectionString);
        await using var line = CuttableLine.To(new($"tcp://{server.Host}:{server.Port}"));
        line.Cut();
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(notes.ConnectionString) { Port = line.Address.Port, Pooling = false });
        var log = new LogBook();

        var migrating = Migrator.MigrateAsync(database, typeof(NotesDb).Assembly, log.CreateLogger("start"));
        await Eventually.BecomesAsync(() => Task.FromResult(log.Lines.Any(l => l.Contains("does not take connections yet"))), told => told);
        Assert.False(migrating.IsCompleted);
        line.Mend();
        await migrating;

        await using var tables = database.CreateCommand("select count(*) from notes");
        Assert.Equal(0L, await tables.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_told_at_once()
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Password = "wrong" });
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Migrator.MigrateAsync(database, typeof(NotesDb).Assembly, new LogBook().CreateLogger("start")));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }
}
