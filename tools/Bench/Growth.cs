namespace BetterConnections.Bench;

/// <summary>
/// What each worker more costs: the country's 1.5 million, and ten times as many. A facility has a thousand workers, so facilities grow too.
/// </summary>
internal static class Growth
{
    private const int PerFacility = 1000;
    /// <summary>Workers. Of more, drawing a sample takes longer than a request may (docs/scale.md).</summary>
    private const int LargestFrame = 5_000_000;

    public static async Task MeasureAsync(Bench bench)
    {
        var system = bench.System;
        using var client = new LoadClient(1);
        var sizes = bench.Quick ? (int[])[5_000, 20_000] : [1_500_000, 5_000_000, 15_000_000];
        var requests = new Dictionary<string, double[]>();
        var samples = new List<double>();
        var there = 0;
        for (var at = 0; at < sizes.Length; at++)
        {
            await GrowAsync(system, there, sizes[at]);
            there = sizes[at];
            await bench.Callers.SignInAsync();
            foreach (var (name, make) in Requests(bench, await Facilities.AnyAsync(system), there))
            {
                var loads = new List<Load>();
                for (var round = -1; round < bench.Rounds; round++)
                    if (await client.ClosedAsync(bench.Round / 3, make) is var load && round >= 0) loads.Add(load); // the first one warms up
                var medians = loads.Select(l => l.Percentile(50)).ToList();
                bench.Add($"{name} among {there:N0} workers, p50", "ms", medians, failed: loads.Sum(l => l.Failed));
                if (at == 0) requests[name] = new double[sizes.Length];
                requests[name][at] = Figure.Median(medians);
            }
            using var evaluator = await bench.Callers.PersonWithRoleAsync("evaluator"); // anew for each size: a token does not outlive the growing
            if (there <= LargestFrame)
            {
                var times = await Results.DrawAsync(bench, evaluator, $"G{Guid.NewGuid():n}"[..8]);
                bench.Add($"a sample of 860 out of {there:N0} workers", "s", times);
                samples.Add(Figure.Median(times));
            }
            foreach (var database in (string[])["enrollmentdb", "evaluationdb"])
                bench.Add($"a worker of {there:N0} on disk, with indexes, {database}", "bytes",
                    [await system.ScalarAsync<long>(database, "select pg_total_relation_size('workers') / (select count(*) from workers)")]);
        }
        foreach (var (name, times) in requests)
            bench.Add($"{name}: {sizes[^1]:N0} workers against {sizes[0]:N0}", "times", [times[^1] / times[0]], Goal.ValueAtMost(1.3));
        bench.Add($"sample: {sizes[samples.Count - 1]:N0} workers against {sizes[0]:N0}", "times", [samples[^1] / samples[0]]);
        if (bench.Quick) return;
        await DrawAsync("growth", "Time of one answer, ms, by workers", requests);
        await DrawAsync("growth-sample", "Time to draw a sample of 860, s, by workers", new Dictionary<string, double[]> { ["sample"] = [.. samples] });

        Task DrawAsync(string file, string title, IReadOnlyDictionary<string, double[]> lines) =>
            File.WriteAllTextAsync(Path.Combine(system.Repository, "benchmarks", "results", $"{file}.svg"), Curve.Draw(title, [.. sizes.Take(lines.Values.First().Length)], lines));
    }

    private static Dictionary<string, Func<long, HttpRequestMessage>> Requests(Bench bench, Guid facility, int workers)
    {
        var (enrollment, random) = (bench.System.Address("enrollment"), new Random(workers));
        return new()
        {
            ["a worker by the card"] = n => bench.Callers.Request(n, HttpMethod.Get, new Uri(enrollment, $"/api/enrollment/workers/G-{random.Next(1, workers + 1)}")),
            ["50 workers of a facility"] = n => bench.Callers.Request(n, HttpMethod.Get, new Uri(enrollment, $"/api/enrollment/facilities/{facility}/workers?limit=50")),
            ["a worker joins"] = n => bench.Callers.Request(n, HttpMethod.Post, new Uri(enrollment, $"/api/enrollment/facilities/{facility}/workers"),
                System.Net.Http.Json.JsonContent.Create(new { languages = new[] { "hi" } })),
        };
    }

    /// <summary>The same workers in Enrollment and in Evaluation's frame, facility by facility, as imports bring them.</summary>
    private static async Task GrowAsync(Installation system, int from, int to)
    {
        await Facilities.OpenAsync(system, to / PerFacility);
        await system.ExecuteAsync("enrollmentdb", $"""
            insert into workers (id, code, facility_id, languages, joined_at, registered_by)
            select gen_random_uuid(), 'G-' || n, f.id, array['hi', 'ne'], now(), 'bench'
            from generate_series({from + 1}, {to}) n join facilities f on f.number = 9001 + (n - 1) / {PerFacility};
            """);
        await system.ExecuteAsync("evaluationdb", $"""
            insert into workers (id, pseudonym, card, facility_id, languages, joined_at)
            select gen_random_uuid(), 'R-G' || n, 'G-' || n, f.id, array['hi', 'ne'], now()
            from generate_series({from + 1}, {to}) n join facilities f on f.code = 'F' || 9001 + (n - 1) / {PerFacility};
            """);
        foreach (var database in (string[])["enrollmentdb", "evaluationdb"]) await system.ExecuteAsync(database, "vacuum analyze workers");
    }
}
