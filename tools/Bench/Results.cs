using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BetterConnections.Bench;

/// <summary>The indicators of three waves of 860 workers, the page that shows them, and a sample out of 1.5 million.</summary>
internal static class Results
{
    private const int Respondents = 860;

    public static async Task MeasureAsync(Bench bench)
    {
        var system = bench.System;
        using var evaluator = await bench.Callers.PersonWithRoleAsync("evaluator");
        var run = Guid.NewGuid().ToString("n")[..8];
        var waves = new List<string>();
        foreach (var (number, instrument) in ((int, string)[])[(1, "I1"), (2, "I2"), (3, "I3")]) waves.Add(await FreezeAsync(system, $"B{run}-{number}", number, instrument));

        var (times, id) = (new List<double>(), "");
        for (var round = -1; round < bench.Rounds; round++) // the first one warms up
        {
            var started = Stopwatch.GetTimestamp();
            for (var wave = 0; wave < waves.Count; wave++)
                id = (await Callers.PostAsync(evaluator, "/api/evaluation/analyses", new { wave = waves[wave], beforeWave = wave == 0 ? null : waves[wave - 1] })).GetProperty("id").GetString()!;
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        bench.Add($"all indicators of {Respondents} × 3 waves computed", "s", times, Goal.ValueAtMost(1));

        await bench.Callers.SignInAsync();
        using var client = new LoadClient(1);
        var page = new List<Load>();
        for (var round = 0; round < bench.Rounds; round++)
            page.Add(await client.ClosedAsync(bench.Round, n => bench.Callers.Request(n, HttpMethod.Get, new Uri(system.Address("evaluation"), $"/api/evaluation/analyses/{id}"))));
        bench.Add("a results page, p50, one reader", "ms", page.Select(p => p.Percentile(50)), failed: page.Sum(p => p.Failed));

        await SampleAsync(bench, evaluator, run);
    }

    private static async Task SampleAsync(Bench bench, HttpClient evaluator, string run)
    {
        var workers = bench.Quick ? 20_000 : 1_500_000;
        await Facilities.OpenAsync(bench.System);
        await bench.System.ExecuteAsync("evaluationdb", $"""
            insert into workers (id, pseudonym, card, facility_id, languages, joined_at)
            select gen_random_uuid(), 'R-{run}-' || n, 'W-' || n, f.id, array['hi', 'ne'], now()
            from (select id, row_number() over (order by code) as place from facilities where code like 'F9___') f
            join generate_series((select count(*) from workers) + 1, {workers}) n on n % 1500 + 1 = f.place;
            analyze workers
            """);
        var times = await DrawAsync(bench, evaluator, $"S{run}");
        bench.Add($"a sample of 860 out of {workers.ToString("N0", CultureInfo.InvariantCulture)} workers", "s", times, Goal.ValueAtMost(10));
    }

    /// <summary>Seconds that drawing 860 workers in 43 facilities takes, out of all that are in the frame; a wave of its own each round.</summary>
    public static async Task<List<double>> DrawAsync(Bench bench, HttpClient evaluator, string prefix)
    {
        var times = new List<double>();
        for (var round = 0; round < bench.Rounds; round++)
        {
            var code = $"{prefix}-{round}";
            await Callers.PostAsync(evaluator, "/api/evaluation/waves", new
            {
                code, simulated = true, plan = new { instruments = new[] { "I1" }, opens = DateTimeOffset.UtcNow, closes = DateTimeOffset.UtcNow.AddDays(30) },
            });
            await Callers.PostAsync(evaluator, $"/api/evaluation/waves/{code}/open", new { });
            var started = Stopwatch.GetTimestamp();
            await Callers.PostAsync(evaluator, $"/api/evaluation/waves/{code}/samples", new { perCluster = 20, clusters = 43, seed = round });
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return times;
    }

    /// <summary>A wave as freezing leaves it: the same respondents each time, in 43 facilities, a little better from wave to wave.</summary>
    private static async Task<string> FreezeAsync(Installation system, string code, int number, string instrument)
    {
        var random = new Random(number);
        var good = 0.4 + 0.1 * number;
        string Pick(string yes, string no) => random.NextDouble() < good ? yes : no;
        var interviews = Enumerable.Range(1, Respondents).Select(worker => new
        {
            id = worker, facility = worker % 43,
            answers = ((string[])["AC1", "AC3", "SC1", "LM1", "LM2", "IU1"]).Select(item => (item, value: Pick("yes", "no")))
                .Concat(((string[])["CD0", "CD1", "CD2", "CD3", "CD4", "CI0", "CI1", "CI2", "CI3", .. "abcdefghij".Select(c => $"AI-{c}")]).Select(item => (item, value: Pick("4", "2"))))
                .Concat(((string[])["AC2", "LM3", "FI1", "EN1", "WB1", "WB2", "WB3", "WB4", "WB5"]).Select(item => (item, value: Pick("4", "1"))))
                .Concat(Enumerable.Range(1, 8).Select(i => ($"GI{i}", value: Pick("5", "3"))))
                .ToDictionary(a => a.Item1, a => a.value),
        });
        await using var insert = system.Database("evaluationdb").CreateCommand("""
            with wave as (
                insert into waves (id, code, kind, instruments, opens, closes, grace_days, zones, facilities, includes_waiting, simulated, state, planned_by, planned_at, opened_at, closed_at, frozen_at)
                values (gen_random_uuid(), $1, 'HalfYear', array[$3], now() - make_interval(days => 1000 - 180 * $2), now() - make_interval(days => 990 - 180 * $2), 0, '{}', '{}', false, true,
                    'Frozen', 'bench', now(), now(), now(), now())
                returning id)
            insert into snapshot_submissions (wave_id, submission_id, raw_sha256, instrument, respondent_group, respondent, facility_id, zone, waiting, language, late, answers, sha256)
            select wave.id, i.id, ''::bytea, $3, 'Worker', 'R-' || i.id, lpad(to_hex(i.facility), 32, '0')::uuid, 'Zone ' || i.facility % 3, false, 'hi', false, i.answers, ''::bytea
            from wave cross join jsonb_to_recordset($4::jsonb) as i (id bigint, facility integer, answers jsonb)
            """);
        foreach (var value in (object[])[code, number, instrument, JsonSerializer.Serialize(interviews)]) insert.Parameters.Add(new() { Value = value });
        await insert.ExecuteNonQueryAsync();
        await system.ExecuteAsync("evaluationdb", $"""
            insert into wave_snapshots (wave_id, sha256, submissions, approved_only, format, unknown_cards, not_drawn, frozen_by, frozen_at)
            select id, sha256(convert_to(code, 'UTF8')), {Respondents}, false, 2, 0, 0, 'bench', now() from waves where code = '{code}'
            """);
        return code;
    }
}
