using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.Messaging.Tests;

public sealed class InboxTests : MessagingTest
{
    [Fact]
    public async Task A_message_that_comes_twice_to_two_instances_at_once_has_its_effect_once()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var closed = Enumerable.Range(0, 30).Select(_ => Closed()).ToArray();

        await Task.WhenAll(closed.SelectMany(c => Enumerable.Repeat(c, 3)).Select(c => Broker.PublishAsync(c, c.FacilityId)));

        var ids = closed.Select(c => c.FacilityId).ToHashSet();
        await Broker.HeardAsync<FacilityResumed>(e => ids.Contains(e.FacilityId), 30);
        await Eventually.BecomesAsync(async () => (await one.Queues.StateAsync(CancellationToken.None)).Sum(q => q.Waiting), waiting => waiting == 0);
        Assert.Equal(30, await one.InDbAsync(db => db.Notes.CountAsync()));
        Assert.Equal(30, Broker.Heard<FacilityResumed>(e => ids.Contains(e.FacilityId)).Count);
        Assert.DoesNotContain(await Broker.QueuesAsync(), q => q.EndsWith("_skipped", StringComparison.Ordinal)); // a repetition is no stray
    }

    [Fact]
    public async Task A_consumer_that_fails_and_is_tried_again_begins_afresh_each_time()
    {
        await using var service = await StartAsync();
        var closed = Closed("saves itself, fails twice");

        await service.CommitAsync(closed);

        await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == closed.FacilityId);
        Assert.Equal(3, WriteNoteWhenFacilityClosed.Attempts[closed.FacilityId]);
        Assert.Equal(1, await service.InDbAsync(db => db.Notes.CountAsync(n => n.FacilityId == closed.FacilityId)));
        Assert.Single(Broker.Heard<FacilityResumed>(e => e.FacilityId == closed.FacilityId));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_poisonous_message_ends_in_the_error_queue_which_health_shows_and_an_operator_replays(string quorum)
    {
        await using var service = await NotesService.StartAsync(Database, Broker.Address, settings: [("Messaging:QuorumQueues", quorum)]);
        Assert.Equal(HealthStatus.Healthy, (await service.HealthAsync("queues")).Status); // which has made the error queue, as MassTransit would
        var (poison, good) = (Closed("a rule forbids it"), Closed());
        await service.CommitAsync(poison);
        await service.CommitAsync(good);
        await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == good.FacilityId);

        var queue = (await Eventually.BecomesAsync(() => service.Queues.StateAsync(CancellationToken.None), q => q.Any(s => s.Failed == 1))).Single();
        Assert.Equal("notes.write-note-when-facility-closed", queue.Queue);
        Assert.Equal(HealthStatus.Degraded, (await service.HealthAsync("queues")).Status);
        Assert.Equal(0, await service.InDbAsync(db => db.Notes.CountAsync(n => n.FacilityId == poison.FacilityId)));

        WriteNoteWhenFacilityClosed.Mended[poison.FacilityId] = true;
        Assert.Equal((1, 0), await service.Queues.ReplayAsync(queue.Queue));

        await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == poison.FacilityId);
        Assert.Equal(HealthStatus.Healthy, (await service.HealthAsync("queues")).Status);
    }

    [Theory]
    [InlineData("no envelope")]
    [InlineData("""{"messageType":["urn:message:BetterConnections.Contracts:FacilityClosed"],"message":{"facilityId":"no id"}}""")]
    [InlineData("""{"messageType":["urn:message:BetterConnections.Contracts:OfALaterRelease"],"message":{}}""")]
    public async Task What_no_consumer_can_read_or_knows_is_given_up_where_it_is_seen_and_no_longer_in_hand(string body)
    {
        const string queue = "notes.write-note-when-facility-closed";
        await using var service = await StartAsync();
        var hand = service.Services.GetRequiredService<MessagesInHand>();

        for (var i = 0; i < 3; i++) await Broker.PutAsync(queue, body);

        await Eventually.BecomesAsync(() => service.Queues.StateAsync(CancellationToken.None), q => q.Single().Failed == 3);
        Assert.Equal(HealthStatus.Degraded, (await service.HealthAsync("queues")).Status);
        Assert.Equal(0, await Eventually.BecomesAsync(() => Task.FromResult(hand.Of(queue)), n => n <= 0));
        Assert.DoesNotContain(await Broker.QueuesAsync(), q => q.EndsWith("_skipped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_look_at_what_was_given_up_tells_why_and_takes_nothing_away()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 3; i++) await service.CommitAsync(Closed("a rule forbids it"));
        var queue = (await Eventually.BecomesAsync(() => service.Queues.StateAsync(CancellationToken.None), q => q.Any(s => s.Failed == 3))).Single().Queue;

        var first = await service.Queues.FailedAsync(queue, atMost: 2);
        var all = await service.Queues.FailedAsync(queue, atMost: 20);

        Assert.Equal(2, first.Count);
        Assert.Equal(3, all.Select(m => m.Id).Distinct().Count());
        Assert.All(all, m => Assert.Equal(("FacilityClosed", "Not as things are."), (m.Event, m.Error)));
        Assert.All(all, m => Assert.InRange(m.FailedAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Equal(3u, (await service.Queues.StateAsync(CancellationToken.None)).Single().Failed);
        await using var withOneMore = new Queues(Broker.Address, ["notes.not-made-yet", queue]);
        Assert.Equal([("notes.not-made-yet", 0u), (queue, 3u)], (await withOneMore.StateAsync(CancellationToken.None)).Select(q => (q.Queue, q.Failed)));
    }

    [Fact]
    public async Task A_replay_of_more_than_one_step_can_do_says_how_many_are_left_and_goes_on_when_asked_again()
    {
        const string queue = "notes.any";
        await Broker.PutAsync(queue, 0);
        await Broker.PutAsync($"{queue}_error", 3);
        await using var queues = new Queues(Broker.Address, [queue]) { Step = TimeSpan.Zero }; // time for one

        Assert.Equal((1, 2), await queues.ReplayAsync(queue));
        Assert.Equal((1, 1), await queues.ReplayAsync(queue));
        Assert.Equal((1, 0), await queues.ReplayAsync(queue));
        Assert.Equal((0, 0), await queues.ReplayAsync(queue));

        Assert.Equal([new QueueState(queue, Waiting: 3, Failed: 0)], await queues.StateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_broker_that_goes_away_in_the_middle_of_a_replay_loses_nothing_and_what_went_back_is_told()
    {
        const string queue = "notes.any";
        await Broker.PutAsync(queue, 0);
        await Broker.PutAsync($"{queue}_error", 5000);
        await using var line = CuttableLine.To(Broker.Address);
        await using var behind = new Queues(line.Address, [queue]) { Step = TimeSpan.FromMinutes(1) };
        await using var queues = new Queues(Broker.Address, [queue]);

        var replay = behind.ReplayAsync(queue);
        await Eventually.BecomesAsync(() => queues.StateAsync(CancellationToken.None), q => q[0].Waiting > 0);
        line.Cut();
        var (replayed, left) = await replay;

        Assert.InRange(replayed, 1, 4999);
        Assert.Equal(5000, replayed + left);
        // The last one may be in both, since nobody heard that the broker had it; what it was given back comes a moment later.
        var state = await Eventually.BecomesAsync(() => queues.StateAsync(CancellationToken.None), q => q[0].Waiting >= replayed && q[0].Failed >= left);
        Assert.InRange(state[0].Waiting, (uint)replayed, (uint)replayed + 1);
        Assert.InRange(state[0].Failed, (uint)left, (uint)left + 1);
    }

    [Fact]
    public async Task A_broker_that_takes_the_connection_and_says_nothing_is_said_to_be_away()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await using var queues = new Queues(new($"amqp://x:x@{mute.LocalEndpoint}"), ["notes.any"]);

        var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Record.ExceptionAsync(() => queues.StateAsync(CancellationToken.None)).AsTask()));
        var moved = await Record.ExceptionAsync(() => queues.ReplayAsync("notes.any"));

        Assert.All([.. asked, moved], e => Assert.Equal("broker_unavailable", Assert.IsType<Refused>(e).Code));
    }

    [Fact]
    public async Task The_trace_of_a_request_goes_on_in_the_consumer_and_in_what_it_publishes()
    {
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        await using var service = await StartAsync();
        var closed = Closed();
        string trace;
        using (var request = new ActivitySource("test").StartActivity("request")!)
        {
            trace = request.TraceId.ToString();
            await service.CommitAsync(closed);
        }

        var (_, _, traceParent) = (await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == closed.FacilityId, 1))[0];

        Assert.Contains(trace, traceParent);
        Assert.Equal(trace, (await service.InDbAsync(db => db.Notes.SingleAsync(n => n.FacilityId == closed.FacilityId))).TraceId);
    }
}
