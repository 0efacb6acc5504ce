using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace BetterConnections.Bench;

/// <summary>A worker joins in Enrollment and is a learner in Training: from the commit in the one to the commit in the other, and how many of these a second.</summary>
internal static class Events
{
    private static readonly string[] OtherQueues =
        ["evaluation.add-workers-when-workers-joined", "evaluation.count-when-it-happens", "evaluation.queue-webhooks-when-anything-happens"];
    /// <summary>What is made of facilities that open.</summary>
    private static readonly string[] OpeningQueues =
        ["volunteer.ask-for-trainers-when-facility-opened", "evaluation.plan-baseline-when-facility-opened", "evaluation.keep-facility-when-it-changes", .. OtherQueues];
    private const int PerSecond = 200;

    public static async Task MeasureAsync(Bench bench)
    {
        await Facilities.OpenAsync(bench.System);
        await bench.Callers.SignInAsync();
        await using var broker = await Broker.OpenAsync(bench.System.Broker);
        foreach (var queue in OpeningQueues) await broker.EmptiedAsync(queue, TimeSpan.FromMinutes(2)); // it would be at work in what is measured
        await LatencyAsync(bench, broker);
        await SustainedAsync(bench, broker);
    }

    /// <summary>
    /// Both databases note the time, by one clock, as the last thing before each commit, in an unlogged table without an index.
    /// NOTIFY would tell the same, but takes the commits of the whole server one after the other, each with its flush to the disk.
    /// </summary>
    private static async Task LatencyAsync(Bench bench, Broker broker)
    {
        var (system, facilities) = (bench.System, await Facilities.AllAsync(bench.System));
        await NoteAsync(system, "enrollmentdb", "outbox_messages", "(new.body #>> '{Workers,0,WorkerId}')::uuid", "new.type = 'WorkersJoined'");
        await NoteAsync(system, "trainingdb", "learners", "new.id", "new.kind = 'Worker'");
        using var client = new LoadClient(64);
        var (p50, p99, limit50, limit99, failed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0L);
        try
        {
            for (var round = -bench.WarmUps; round < bench.Rounds; round++)
            {
                await system.ExecuteAsync("enrollmentdb", "truncate bench_commits");
                await system.ExecuteAsync("trainingdb", "truncate bench_commits");
                var load = await client.OpenAsync(PerSecond, bench.Round, n => bench.Callers.Request(n, HttpMethod.Post,
                    new Uri(system.Address("enrollment"), $"/api/enrollment/facilities/{facilities[(int)(n % facilities.Count)]}/workers"), JsonContent.Create(new { languages = new[] { "hi" } })));
                await system.WaitUntilAsync("trainingdb", $"select count(*) >= {load.Milliseconds.Length} from bench_commits", TimeSpan.FromSeconds(30));
                var bare = new Load(await broker.RoundTripsAsync(PerSecond, bench.Round), 0, bench.Round);
                if (round < 0) continue; // warms up
                var (committed, arrived) = (await NotedAsync(system, "enrollmentdb"), await NotedAsync(system, "trainingdb"));
                var latencies = committed.Where(c => arrived.ContainsKey(c.Key)).Select(c => (arrived[c.Key] - c.Value).TotalMilliseconds).Order().ToArray();
                var through = new Load(latencies, 0, bench.Round);
                failed += load.Failed + load.Milliseconds.Length - latencies.Length;
                p50.Add(through.Percentile(50));
                p99.Add(through.Percentile(99));
                limit50.Add(bare.Percentile(50));
                limit99.Add(bare.Percentile(99));
            }
        }
        finally
        {
            foreach (var (database, table) in ((string, string)[])[("enrollmentdb", "outbox_messages"), ("trainingdb", "learners")])
                await system.ExecuteAsync(database, $"drop trigger bench_note on {table}; drop function bench_note(); drop table bench_commits");
        }
        bench.Add($"commit to effect at {PerSecond} events/s, p50", "ms", p50, Goal.ValueAtMost(10), limit50, "bare client's round trip, p50", failed);
        bench.Add($"commit to effect at {PerSecond} events/s, p99", "ms", p99, Goal.ValueAtMost(50), limit99, "bare client's round trip, p99");
    }

    /// <summary>So many events wait in the outbox; how fast do they get out of it, and have their effect?</summary>
    private static async Task SustainedAsync(Bench bench, Broker broker)
    {
        var (system, count) = (bench.System, bench.Quick ? 1_000 : 10_000);
        var (sent, taken, limits) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < bench.Rounds; round++)
        {
            var mark = Random.Shared.Next().ToString("x8", CultureInfo.InvariantCulture); // begins the ids of this round's workers, so that they are counted by the primary key
            await system.ExecuteAsync("enrollmentdb", $"""
                insert into outbox_messages (id, type, body, created_at, due_at, attempts)
                select gen_random_uuid(), 'WorkersJoined', jsonb_build_object('FacilityId', ids[1 + n % array_length(ids, 1)], 'At', now(),
                    'Workers', jsonb_build_array(jsonb_build_object('WorkerId', overlay(gen_random_uuid()::text placing '{mark}' from 1), 'Code', 'W-' || gen_random_uuid(), 'Languages', array['hi']))), now(), now(), 0
                from generate_series(1, {count}) n, (select array_agg(id) ids from facilities where state = 'Open') facilities
                """);
            await system.WaitUntilAsync("enrollmentdb", $"select count(*) < {count} from outbox_messages", TimeSpan.FromSeconds(30)); // the relay has begun
            var started = Stopwatch.GetTimestamp();
            var left = await system.ScalarAsync<long>("enrollmentdb", "select count(*) from outbox_messages");
            async Task<double> Rate(string database, string done)
            {
                await system.WaitUntilAsync(database, done, TimeSpan.FromMinutes(2));
                return left / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }
            var rates = await Task.WhenAll(Rate("enrollmentdb", "select not exists (select from outbox_messages)"), Rate("trainingdb",
                $"select count(*) >= {count} from learners where id between '{mark}-0000-0000-0000-000000000000' and '{mark}-ffff-ffff-ffff-ffffffffffff'"));
            foreach (var other in OtherQueues) await broker.EmptiedAsync(other, TimeSpan.FromMinutes(2)); // nothing is left to disturb the next
            var bare = await broker.RateAsync(count);
            if (round < 0) continue; // warms up
            sent.Add(rates[0]);
            taken.Add(rates[1]);
            limits.Add(bare);
        }
        bench.Add("events out of one service's outbox", "per second", sent, Goal.ValueAtLeast(2000), limits, "bare client, 100 under way");
        bench.Add("events with their effect in one other service", "per second", taken, Goal.ValueAtLeast(2000), limits, "bare client, 100 under way");
    }

    private static Task NoteAsync(Installation system, string database, string table, string id, string when) => system.ExecuteAsync(database, $"""
        create unlogged table bench_commits (id uuid, at timestamptz);
        create function bench_note() returns trigger language plpgsql security definer as $$ begin insert into bench_commits values ({id}, clock_timestamp()); return null; end $$;
        create constraint trigger bench_note after insert on {table} deferrable initially deferred for each row when ({when}) execute function bench_note()
        """);

    private static async Task<Dictionary<Guid, DateTime>> NotedAsync(Installation system, string database)
    {
        var noted = new Dictionary<Guid, DateTime>();
        await using var command = system.Database(database).CreateCommand("select id, at from bench_commits");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) noted[rows.GetGuid(0)] = rows.GetDateTime(1);
        return noted;
    }
}
