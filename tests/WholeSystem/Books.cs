using System.Net.Http.Json;
using System.Text;
using Npgsql;

namespace BetterConnections.WholeSystems;

/// <summary>What the databases and the broker hold, read past the API.</summary>
public sealed class Books(Bc bc)
{
    private sealed record Queue(string Name, long Messages);

    /// <summary>Acknowledged writes that were compared with what is held.</summary>
    public int Compared { get; private set; }
    public int Lost { get; private set; }
    public int Doubled { get; private set; }

    /// <summary>The first column of every row.</summary>
    /// <param name="service">Whose database: <c>inventory</c>.</param>
    public async Task<List<T>> ColumnAsync<T>(string service, string sql)
    {
        await using var connection = new NpgsqlConnection(bc.PostgresConnection($"{service}db"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var column = new List<T>();
        while (await reader.ReadAsync()) column.Add(await reader.GetFieldValueAsync<T>(0));
        return column;
    }

    public async Task<T> OneAsync<T>(string service, string sql) => (await ColumnAsync<T>(service, sql)).Single();

    /// <summary>All of <paramref name="atLeast"/> is there, nothing that is not of <paramref name="atMost"/>, and nothing twice.</summary>
    public async Task HoldAsync<T>(IEnumerable<T> atLeast, IEnumerable<T> atMost, string service, string sql) where T : notnull
    {
        var held = await ColumnAsync<T>(service, sql);
        var allowed = atMost.ToHashSet();
        Compared += allowed.Count;
        Lost += atLeast.Except(held).Count();
        Doubled += held.Count - held.Distinct().Count();
        Assert.Empty(atLeast.Except(held));
        Assert.All(held.CountBy(h => h), h => Assert.True(h.Value == 1 && allowed.Contains(h.Key), $"{h.Key} is there {h.Value} times, {(allowed.Contains(h.Key) ? "" : "never acknowledged, ")}by: {sql}"));
    }

    /// <summary>Messages in the queues whose name ends so, by queue; the empty ones are left out.</summary>
    public async Task<Dictionary<string, long>> QueuedAsync(string ending)
    {
        using var management = Management();
        var queues = await management.GetFromJsonAsync<List<Queue>>("/api/queues?disable_stats=true&enable_queue_totals=true");
        return queues!.Where(q => q.Name.EndsWith(ending, StringComparison.Ordinal) && q.Messages > 0).ToDictionary(q => q.Name, q => q.Messages);
    }

    /// <summary>As something broken would, not as the outbox does.</summary>
    public async Task PutInQueueAsync(string queue, string payload)
    {
        using var management = Management();
        var message = new { routing_key = queue, payload, payload_encoding = "string", properties = new { delivery_mode = 2, content_type = "application/vnd.masstransit+json" } };
        (await management.PostAsJsonAsync("/api/exchanges/%2F/amq.default/publish", message)).EnsureSuccessStatusCode();
    }

    public async Task EmptyAsync(string queue)
    {
        using var management = Management();
        (await management.DeleteAsync($"/api/queues/%2F/{queue}/contents")).EnsureSuccessStatusCode();
    }

    private HttpClient Management() => new()
    {
        BaseAddress = new(bc.RabbitMqManagement.GetLeftPart(UriPartial.Path)),
        DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(bc.RabbitMqManagement.UserInfo))) },
    };
}
