using System.Net.Http.Headers;
using System.Text;

namespace BetterConnections.Bench;

/// <summary>Filled questionnaires come in from two hundred survey apps, each with its own address and key.</summary>
internal static class Submissions
{
    private const string Form = "bc-worker-baseline";
    private const int Phones = 200;

    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        await Facilities.OpenAsync(system);
        var keys = await IssueAsync(bench, bench.Quick ? 20 : Phones);
        var version = await system.ScalarAsync<string>("evaluationdb", $"select form_version from instrument_versions where form_id = '{Form}' and state = 'Published' order by number desc limit 1");
        var scratch = await limit.ScratchAsync("evaluationdb");
        await CopyFormsAsync(system, scratch);

        Func<long, HttpRequestMessage> Submit(string through) => n => new HttpRequestMessage(HttpMethod.Post, new Uri(system.Address(through), $"{keys[(int)(n % keys.Count)]}/submission"))
        {
            Headers = { { "X-OpenRosa-Version", "1.0" } },
            Content = new MultipartFormDataContent { { Xml(version, n), "xml_submission_file", "submission.xml" } },
        };
        foreach (var connections in (int[])[16, 64])
        {
            using var client = new LoadClient(connections, keys.Count);
            var before = await CountAsync(system);
            var acknowledged = 0L;
            async Task<Load> Run(string through)
            {
                var load = await client.ClosedAsync(bench.Round, Submit(through));
                acknowledged += load.Milliseconds.Length;
                return load;
            }
            await bench.CompareAsync("pgbench submission.sql", () => limit.PgBenchAsync(scratch, "submission.sql", connections, bench.Round),
                ($"an OpenRosa submission, direct, {connections} at a time", Goal.RatioAtLeast(1 / 4d), () => Run("evaluation")),
                ($"an OpenRosa submission, gateway, {connections} at a time", Goal.RatioAtLeast(1 / 4d), () => Run("gateway")));
            bench.Add($"submissions acknowledged and not stored, {connections} at a time", "of them", [acknowledged - (await CountAsync(system) - before)], Goal.ValueAtMost(0));
        }
        var rate = bench.Report.Of("submission", "an OpenRosa submission, gateway, 64 at a time");
        bench.Add("submissions through the gateway, 64 at a time", "per second", rate.Values, Goal.ValueAtLeast(1200));
        using var steady = new LoadClient(256, keys.Count);
        await bench.AddLatenciesAsync("an OpenRosa submission, gateway", 300, time => steady.OpenAsync(300, time, Submit("gateway")));
    }

    private static Task<long> CountAsync(Installation system) => system.ScalarAsync<long>("evaluationdb", "select count(*) from submissions");

    /// <summary>The paths of so many collectors.</summary>
    private static async Task<List<string>> IssueAsync(Bench bench, int count)
    {
        using var office = await bench.Callers.AdministratorAsync();
        var keys = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var issued = await Callers.PostAsync(office, "/api/evaluation/collectors", new
            {
                label = $"Benchmark phone {i}", forms = new[] { Form }, facilities = Enumerable.Range(9001, 100).Select(n => $"F{n}"), validUntil = DateTimeOffset.UtcNow.AddDays(2),
            });
            keys.Add(new Uri(issued.GetProperty("serverUrl").GetString()!).AbsolutePath.TrimEnd('/'));
        }
        return keys;
    }

    private static ByteArrayContent Xml(string version, long n)
    {
        var (now, answers) = (DateTimeOffset.UtcNow, new StringBuilder());
        for (var i = 1; i <= 20; i++) answers.Append($"<Q{i}>{(n + i) % 5 + 1}</Q{i}>");
        var xml = $"""
            <data id="{Form}" version="{version}"><start>{now.AddMinutes(-9):O}</start><end>{now:O}</end><facility>F{9001 + n % 100}</facility><card>W-{n:000000}-X</card><respondent/><interview><consent>yes</consent>{answers}</interview><meta><instanceID>uuid:{Guid.NewGuid()}</instanceID></meta></data>
            """;
        return new(Encoding.UTF8.GetBytes(xml)) { Headers = { ContentType = new MediaTypeHeaderValue("text/xml") } };
    }

    /// <summary>What the statements look up: the collectors, the form and the facilities.</summary>
    private static async Task CopyFormsAsync(Installation system, string scratch)
    {
        foreach (var table in (string[])["instruments", "instrument_versions", "collectors", "facilities"])
        {
            var rows = await system.ScalarAsync<string>("evaluationdb", $"select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text from {table} t");
            await using var insert = system.Database(scratch).CreateCommand($"insert into {table} select * from jsonb_populate_recordset(null::{table}, $1::jsonb)");
            insert.Parameters.Add(new() { Value = rows });
            await insert.ExecuteNonQueryAsync();
        }
    }
}
