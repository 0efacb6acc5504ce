namespace BetterConnections.Bench;

/// <summary>The stock and the programme's scorecard, which sum up everything, as everything grows a hundredfold.</summary>
internal static class Overviews
{
    public static async Task MeasureAsync(Bench bench)
    {
        var (system, limit) = (bench.System, new Limit(bench.System));
        var sizes = bench.Quick ? (int[])[2_000, 20_000] : [20_000, 200_000, 2_000_000];
        var pages = new Dictionary<string, (string Service, string Path)>
        {
            ["stock"] = ("inventory", "/api/inventory/stock"), ["mass balance"] = ("inventory", "/api/inventory/stock/mass-balance"), ["scorecard"] = ("evaluation", "/api/evaluation/public/scorecard"),
        };
        var times = pages.Keys.ToDictionary(p => p, _ => new List<double[]>());
        await system.ClearAsync();
        await ClearFactsAsync(system);
        using var client = new LoadClient(1);
        foreach (var size in sizes)
        {
            await system.FillAsync(size);
            await FillFactsAsync(system, size);
            await bench.Callers.SignInAsync();
            var (limits, rounds, failed) = (new List<double>(), pages.Keys.ToDictionary(p => p, _ => new List<double>()), 0L);
            for (var round = -1; round < bench.Rounds; round++)
            {
                var key = 1000 / await limit.PgBenchAsync("inventorydb", "key.sql", 1, TimeSpan.FromSeconds(1));
                if (round >= 0) limits.Add(key);
                foreach (var (name, page) in pages)
                {
                    var load = await client.ClosedAsync(TimeSpan.FromSeconds(1), n => bench.Callers.Request(n, HttpMethod.Get, new Uri(system.Address(page.Service), page.Path)));
                    if (round >= 0) rounds[name].Add(load.Percentile(50)); // the first one warms up
                    failed += load.Failed;
                }
            }
            foreach (var (name, values) in rounds)
            {
                bench.Add($"{name} at {size:N0} devices", "ms", values, limits: limits, limitIs: "pgbench key.sql, ms", failed: failed);
                times[name].Add([.. values]);
            }
        }
        foreach (var (name, at) in times)
            // The mass balance counts every device anew, since it is there to prove the stock wrong; so it may grow.
            bench.Add($"{name}: {sizes[^1]:N0} devices against {sizes[0]:N0}", "times", at[^1].Zip(at[0], (last, first) => last / first), name == "mass balance" ? null : Goal.ValueAtMost(1.3));
        if (!bench.Quick) await File.WriteAllTextAsync(Path.Combine(system.Repository, "benchmarks", "results", "overview.svg"), Curve.Draw("Time of one answer, ms, by devices", sizes,
            times.ToDictionary(t => t.Key, t => t.Value.Select(v => Figure.Median(v)).ToArray())));
    }

    private static Task ClearFactsAsync(Installation system) => system.ExecuteAsync("evaluationdb", "delete from facts where source = 'bench'");

    /// <summary>As many facts as devices, spread over 1,500 facilities and four years, and their sums as the trigger would have kept them, row by row.</summary>
    private static Task FillFactsAsync(Installation system, int total) => system.ExecuteAsync("evaluationdb", $"""
        begin;
        set local session_replication_role = replica;
        insert into facts (figure, source, source_key, facility_id, at, told_at, amount)
        select 'computers-deployed', 'bench', n::text, lpad(to_hex(n % 1500), 32, '0')::uuid, timestamptz '2022-12-01' + n % 1400 * interval '1 day', now(), 1
        from generate_series((select count(*) from facts where source = 'bench') + 1, {total}) n;
        truncate figure_months;
        insert into figure_months (figure, month, facility_id, amount, facts, changed_at)
        select figure, date_trunc('month', at at time zone 'UTC')::date, coalesce(facility_id, '00000000-0000-0000-0000-000000000000'), sum(amount), count(*), now() from facts group by 1, 2, 3;
        commit;
        analyze facts, figure_months
        """);
}
