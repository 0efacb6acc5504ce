using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;

namespace BetterConnections.Bench;

/// <summary>A worker joins in Enrollment and is a learner in Training: from the commit in the one to the commit in the other, and how many of these a second.</summary>
internal static class Events
{
    private const string Queue = "training.join-learners-when-workers-joined";
    private const int PerSecond = 200;

    public static async Task MeasureAsync(Bench bench)
    {
        await Facilities.OpenAsync(bench.System);
        await bench.Callers.SignInAsync();
        await using var broker = await Broker.OpenAsync(bench.System.Broker);
        await LatencyAsync(bench, broker);
        await SustainedAsync(bench, broker);
    }

    /// <summary>Both databases tell of their commits by NOTIFY, which arrives when a transaction has committed and so measures both ends by one clock.</summary>
    private static async Task LatencyAsync(Bench bench, Broker broker)
    {
        var (system, facility) = (bench.System, await Facilities.AnyAsync(bench.System));
        await TellAsync(system, "enrollmentdb", "outbox_messages", "id", "new.type = 'WorkersJoined'");
        await TellAsync(system, "trainingdb", "inbox_messages", "message_id", $"new.queue = '{Queue}'");
        using var client = new LoadClient(64);
        var (p50, p99, limit50, limit99, failed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0L);
        try
        {
            for (var round = -bench.WarmUps; round < bench.Rounds; round++)
            {
                using var listening = new CancellationTokenSource();
                var (committed, arrived) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, long>());
                var listeners = Task.WhenAll(ListenAsync(system, "enrollmentdb", committed, listening.Token), ListenAsync(system, "trainingdb", arrived, listening.Token));
                var load = await client.OpenAsync(PerSecond, bench.Round, n => bench.Callers.Request(n, HttpMethod.Post,
                    new Uri(system.Address("enrollment"), $"/api/enrollment/facilities/{facility}/workers"), JsonContent.Create(new { languages = new[] { "hi" } })));
                for (var until = DateTime.UtcNow.AddSeconds(30); arrived.Count < load.Milliseconds.Length && DateTime.UtcNow < until;) await Task.Delay(20);
                await listening.CancelAsync();
                await listeners;
                var trips = broker.RoundTripsAsync(PerSecond, bench.Round);
                var bare = new Load(await trips, 0, bench.Round);
                if (round < 0) continue; // warms up
                var latencies = committed.Where(c => arrived.ContainsKey(c.Key)).Select(c => Stopwatch.GetElapsedTime(c.Value, arrived[c.Key]).TotalMilliseconds).Order().ToArray();
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
            foreach (var (database, table) in ((string, string)[])[("enrollmentdb", "outbox_messages"), ("trainingdb", "inbox_messages")])
                await system.ExecuteAsync(database, $"drop trigger bench_tell on {table}; drop function bench_tell()");
        }
        bench.Add($"commit to effect at {PerSecond} events/s, p50", "ms", p50, Goal.ValueAtMost(10), limit50, "bare client's round trip, p50", failed);
        bench.Add($"commit to effect at {PerSecond} events/s, p99", "ms", p99, Goal.ValueAtMost(50), limit99, "bare client's round trip, p99");
    }

    /// <summary>So many events wait in the outbox; how fast do they get out of it, and have their effect?</summary>
    private static async Task SustainedAsync(Bench bench, Broker broker)
    {
        var (system, facility, count) = (bench.System, await Facilities.AnyAsync(bench.System), bench.Quick ? 1_000 : 10_000);
        var (sent, taken, limits) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < bench.Rounds; round++)
        {
            var before = await system.ScalarAsync<long>("trainingdb", $"select count(*) from inbox_messages where queue = '{Queue}'");
            var others = await system.ScalarAsync<long>("evaluationdb", "select count(*) from inbox_messages where queue = 'evaluation.add-workers-when-workers-joined'");
            await system.ExecuteAsync("enrollmentdb", $"""
                insert into outbox_messages (id, type, body, created_at, due_at, attempts)
                select gen_random_uuid(), 'WorkersJoined', jsonb_build_object('FacilityId', '{facility}', 'At', now(),
                    'Workers', jsonb_build_array(jsonb_build_object('WorkerId', gen_random_uuid(), 'Code', 'W-' || gen_random_uuid(), 'Languages', array['hi']))), now(), now(), 0
                from generate_series(1, {count}) n
                """);
            await system.WaitUntilAsync("enrollmentdb", $"select count(*) < {count} from outbox_messages", TimeSpan.FromSeconds(30)); // the relay has begun
            var started = Stopwatch.GetTimestamp();
            var left = await system.ScalarAsync<long>("enrollmentdb", "select count(*) from outbox_messages");
            async Task<double> Rate(string database, string done)
            {
                await system.WaitUntilAsync(database, done, TimeSpan.FromMinutes(2));
                return left / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }
            var rates = await Task.WhenAll(Rate("enrollmentdb", "select count(*) = 0 from outbox_messages"),
                Rate("trainingdb", $"select count(*) >= {before + count} from inbox_messages where queue = '{Queue}'"));
            await system.WaitUntilAsync("evaluationdb", $"select count(*) >= {others + count} from inbox_messages where queue = 'evaluation.add-workers-when-workers-joined'", TimeSpan.FromMinutes(2));
            var bare = await broker.RateAsync(count);
            if (round < 0) continue; // warms up
            sent.Add(rates[0]);
            taken.Add(rates[1]);
            limits.Add(bare);
        }
        bench.Add("events out of one service's outbox", "per second", sent, Goal.ValueAtLeast(2000), limits, "bare client, 100 under way");
        bench.Add("events with their effect in one other service", "per second", taken, Goal.ValueAtLeast(2000), limits, "bare client, 100 under way");
    }

    private static Task TellAsync(Installation system, string database, string table, string id, string when) => system.ExecuteAsync(database, $"""
        create or replace function bench_tell() returns trigger language plpgsql as $$ begin perform pg_notify('bench', new.{id}::text); return null; end $$;
        create or replace trigger bench_tell after insert on {table} for each row when ({when}) execute function bench_tell()
        """);

    private static async Task ListenAsync(Installation system, string database, ConcurrentDictionary<string, long> heard, CancellationToken cancel)
    {
        await using var connection = await system.Database(database).OpenConnectionAsync(CancellationToken.None);
        connection.Notification += (_, told) => heard.TryAdd(told.Payload, Stopwatch.GetTimestamp());
        await using (var listen = new Npgsql.NpgsqlCommand("listen bench", connection)) await listen.ExecuteNonQueryAsync(CancellationToken.None);
        try
        {
            while (true) await connection.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // All have been heard.
        }
    }
}
