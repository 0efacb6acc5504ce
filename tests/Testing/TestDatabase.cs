using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BetterConnections.Testing;

/// <summary>A migrated database of its own for whoever asks: cloned from a template that is migrated once.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;

    private TestDatabase(string name) => (_name, ConnectionString) = (name, For(name));

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(Assembly service)
    {
        var template = await TemplateAsync(service);
        var name = $"t_{Guid.NewGuid():n}";
        await OnServerAsync($"create database {name} template {template}");
        return new(name);
    }

    /// <summary>An empty one, for comparing schemas.</summary>
    public static async Task<TestDatabase> EmptyAsync()
    {
        var name = $"t_{Guid.NewGuid():n}";
        await OnServerAsync($"create database {name}");
        return new(name);
    }

    private static async Task<string> TemplateAsync(Assembly service)
    {
        var scripts = string.Concat(Migrator.Scripts(service).Select(s => s.Sql));
        var template = $"template_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service.FullName + scripts)))[..16]}";
        // Suites of one service that start together make the template once. Unpooled: a pooled session would keep the lock after it is closed.
        await using var server = new NpgsqlConnection(TestServers.Postgres + ";Pooling=false");
        await server.OpenAsync();
        await using var locked = new NpgsqlCommand("select pg_advisory_lock(4711)", server);
        await locked.ExecuteNonQueryAsync();
        await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", server) { Parameters = { new() { Value = template } } };
        if ((long)(await exists.ExecuteScalarAsync())! == 0)
        {
            await OnServerAsync($"create database {template}_new");
            await using (var database = NpgsqlDataSource.Create(For($"{template}_new") + ";Pooling=false"))
                await Migrator.MigrateAsync(database, service, NullLogger.Instance);
            await OnServerAsync($"alter database {template}_new rename to {template}");
        }
        return template;
    }

    private static string For(string database) => new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = database, MaxPoolSize = 30 }.ConnectionString;

    private static async Task OnServerAsync(string sql)
    {
        await using var server = new NpgsqlConnection(TestServers.Postgres);
        await server.OpenAsync();
        await using var command = new NpgsqlCommand(sql, server);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await OnServerAsync($"drop database if exists {_name} with (force)");
    }
}
