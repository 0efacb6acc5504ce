using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace BetterConnections.Bench;

/// <summary>The system that ./bc bench started for the measurement: addresses, databases, processes. All settings come from the environment.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Processes = ["gateway", "identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> _databases = new();

    /// <summary>As PostgreSQL's administrator: seeds go into every service's database.</summary>
    public NpgsqlConnectionStringBuilder Server { get; } = new(Setting("BC_POSTGRES")) { Timeout = 60, CommandTimeout = 900, MaxPoolSize = 8 };
    public string PostgresPrograms { get; } = Setting("BC_POSTGRES_BIN");
    public Uri Broker { get; } = new(Setting("BC_RABBITMQ"));
    public string RunDirectory { get; } = Setting("BC_RUN_DIR");
    public string Repository { get; } = Setting("BC_REPOSITORY");
    public (string User, string Password) Administrator { get; } = (Setting("BC_ADMIN_USER"), Setting("BC_ADMIN_PASSWORD"));
    /// <summary>From the start of <c>./bc up</c>, everything built, until all was healthy; null where a running system is measured.</summary>
    public double? ColdStartSeconds { get; } = Number("BC_COLD_START_SECONDS");
    /// <inheritdoc cref="Run" path="/param[@name='LoadBefore']"/>
    public double? LoadBefore { get; } = Number("BC_LOAD_BEFORE");

    private static double? Number(string name) => double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    public static string Setting(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set. ./bc bench starts the measurement and sets it.");

    /// <param name="process">One of <see cref="Processes"/>.</param>
    public Uri Address(string process) => new(Setting($"BC_{process.ToUpperInvariant()}"));

    public NpgsqlDataSource Database(string name) =>
        _databases.GetOrAdd(name, n => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = n }));

    /// <summary>Lets go of the connections to a database that is about to be dropped.</summary>
    public async Task CloseAsync(string name)
    {
        if (_databases.TryRemove(name, out var database)) await database.DisposeAsync();
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var command = Database(database).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var command = Database(database).CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<T>> ColumnAsync<T>(string database, string sql)
    {
        var values = new List<T>();
        await using var command = Database(database).CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) values.Add(rows.GetFieldValue<T>(0));
        return values;
    }

    /// <summary>Asks the database ten times a second until it is so, since asking costs the system that is measured; ends with an exception after <paramref name="patience"/>.</summary>
    public async Task WaitUntilAsync(string database, string sql, TimeSpan patience)
    {
        for (var until = DateTime.UtcNow + patience; DateTime.UtcNow < until; await Task.Delay(100))
            if (await ScalarAsync<bool>(database, sql)) return;
        throw new TimeoutException($"Waited {patience.TotalSeconds} s in vain in {database} for: {sql}");
    }

    /// <summary>The id of a process of this installation and no other.</summary>
    public int ProcessId(string process)
    {
        var program = $"{RunDirectory}/app/current/{char.ToUpperInvariant(process[0])}{process[1..]}/";
        return Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(d => int.TryParse(d, out _)).Select(int.Parse)
            .First(id => ProcessFile(id, "cmdline").Contains(program, StringComparison.Ordinal));
    }

    /// <summary>Resident memory in MB; with <c>VmHWM</c> the most it ever was, with <c>Pss</c> of <c>smaps_rollup</c> its share of what it shares.</summary>
    public static double Memory(int processId, string what = "VmRSS", string file = "status")
    {
        var line = ProcessFile(processId, file).Split('\n').First(l => l.StartsWith(what + ":", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Milliseconds of CPU used so far.</summary>
    public static double CpuMilliseconds(int processId)
    {
        const double perTick = 10; // USER_HZ is 100 wherever Linux runs .NET
        var fields = ProcessFile(processId, "stat").Split(") ")[^1].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) * perTick;
    }

    private static string ProcessFile(int processId, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{name}");
        }
        catch (IOException)
        {
            return ""; // ended while we looked
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values) await database.DisposeAsync();
    }
}
