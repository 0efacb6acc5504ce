using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Npgsql;
using Xunit;

namespace BetterConnections.Testing;

/// <summary>
/// Every changing request of a suite that succeeded, whichever test sent it: at the end each must have left its one entry in the
/// audit trail, so that no endpoint that any test calls can do without. What an answer says was made its entry names, or an earlier one where it
/// had been made before.
/// </summary>
internal sealed class Changes
{
    /// <param name="Made">The id of what was made; empty where the answer does not say it, null where nothing was made.</param>
    private sealed record Change(string What, string? Made);

    private readonly ConcurrentDictionary<string, Change> _byTrace = new();

    public DelegatingHandler Handler() => new Watching(_byTrace);

    public async Task AssertRecordedAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var changes = _byTrace.ToArray();
        await using var read = new NpgsqlCommand("""
            select trace, count(e.id), coalesce(max(e.target), ''), made is null or exists (select from audit_entries named where strpos(named.target, made) > 0 and named.id <= max(e.id))
            from unnest($1, $2) as change (trace, made) left join audit_entries e on e.trace_id = trace and e.outcome = 'Done' group by trace, made
            """, connection) { Parameters = { new() { Value = changes.Select(c => c.Key).ToArray() }, new() { Value = changes.Select(c => c.Value.Made).ToArray() } } };
        var wrong = new List<string>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var change = _byTrace[rows.GetString(0)];
            if (rows.GetInt64(1) != 1) wrong.Add($"{change.What} left {rows.GetInt64(1)} entries");
            else if (!rows.GetBoolean(3) || change.Made == "" && rows.GetString(2) == "") wrong.Add($"{change.What} made {change.Made} and tells of \"{rows.GetString(2)}\"");
        }
        Assert.True(wrong.Count == 0, "In the audit trail " + string.Join(", ", wrong.Distinct().Take(20)));
    }

    /// <summary>The last word of where it can be found, if that is an id, a code or a number and no name of a resource.</summary>
    private static string? MadeBy(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Created || response.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/workbench-snapshot", StringComparison.Ordinal))
            return null; // Workbench is told of a device that was there
        var last = Uri.UnescapeDataString(response.Headers.Location?.OriginalString.Split('/', '=')[^1] ?? "");
        return last.Any(char.IsAsciiDigit) ? last : "";
    }

    private sealed class Watching(ConcurrentDictionary<string, Change> changes) : DelegatingHandler
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
                changes[trace] = new($"{request.Method} {path}", MadeBy(response));
            return response;
        }
    }
}
