using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Xunit;

namespace BetterConnections.Testing;

/// <summary>
/// Every changing request of a suite that succeeded, whichever test sent it: at the end each must have left its one entry in the
/// audit trail, so that no endpoint that any test calls can do without.
/// </summary>
internal sealed class Changes
{
    private readonly ConcurrentDictionary<string, string> _byTrace = new();

    public DelegatingHandler Handler() => new Watching(_byTrace);

    public async Task AssertRecordedAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var read = new NpgsqlCommand("""
            select trace, (select count(*) from audit_entries where trace_id = trace and outcome = 'Done') from unnest($1) trace
            """, connection) { Parameters = { new() { Value = _byTrace.Keys.ToArray() } } };
        var wrong = new List<string>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            if (rows.GetInt64(1) != 1) wrong.Add($"{_byTrace[rows.GetString(0)]} left {rows.GetInt64(1)} entries");
        Assert.True(wrong.Count == 0, "In the audit trail " + string.Join(", ", wrong.Distinct().Take(20)));
    }

    private sealed class Watching(ConcurrentDictionary<string, string> changes) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            if (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Headers.Contains("traceparent")) return await base.SendAsync(request, cancel);
            var trace = ActivityTraceId.CreateRandom().ToHexString();
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-00");
            var response = await base.SendAsync(request, cancel);
            var path = request.RequestUri!.AbsolutePath;
            // A repetition changes nothing, and a survey app's submission is its own record.
            if (response.IsSuccessStatusCode && !response.Headers.Contains("Idempotent-Replayed") && !path.StartsWith("/openrosa/", StringComparison.Ordinal))
                changes[trace] = $"{request.Method} {path}";
            return response;
        }
    }
}
