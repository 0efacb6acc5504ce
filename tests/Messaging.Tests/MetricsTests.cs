using BetterConnections.Contracts;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Messaging.Tests;

public sealed class MetricsTests : MessagingTest
{
    private const string Queue = "notes.write-note-when-facility-closed";

    [Fact]
    public async Task What_is_sent_and_takes_effect_is_counted_and_timed()
    {
        await using var service = await StartAsync();
        using var figures = new Figures(service);
        var closed = Closed();

        await service.CommitAsync(closed);
        await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == closed.FacilityId);
        await Broker.PublishAsync(closed, (await Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == closed.FacilityId, 1))[0].MessageId);

        await figures.BecomeAsync("betterconnections.consumer.duration", seen => seen.Count(m => m.Tags["outcome"] is "repeated") == 1);
        var lag = Assert.Single(figures.Of("betterconnections.event.lag"));
        Assert.Equal(("FacilityClosed", Queue), (lag.Tags["event"], lag.Tags["queue"]));
        Assert.InRange(lag.Value, 0, 20);
        Assert.Equal(["done", "repeated"], figures.Of("betterconnections.consumer.duration").Select(m => m.Tags["outcome"]));
        await figures.BecomeAsync("betterconnections.outbox.sent", seen => seen.Sum(m => m.Value) == 2); // the event and its answer
        Assert.Empty(figures.Of("betterconnections.outbox.failed"));
    }

    [Fact]
    public async Task The_newest_effect_of_a_queue_tells_how_long_after_its_event_it_came()
    {
        await using (var slow = await StartAsync(relays: false))
        {
            await slow.CommitAsync(Closed());
            await slow.InDbAsync(db => db.Database.ExecuteSqlAsync($"update outbox_messages set created_at = now() - interval '1 hour'"));
        }
        await using var service = await StartAsync();
        Task<NewestEffect?> Newest() => Task.FromResult(service.Services.GetRequiredService<MessagingMetrics>().NewestOf(Queue));

        var late = (await Eventually.BecomesAsync(Newest, n => n is not null))!;
        Assert.InRange(late.LagSeconds!.Value, 3600, 3700);

        await service.CommitAsync(Closed());
        var next = (await Eventually.BecomesAsync(Newest, n => n!.At > late.At))!;
        Assert.InRange(next.LagSeconds!.Value, 0, 60);

        await Broker.PublishAsync(Closed(), Guid.NewGuid()); // from who does not say when
        Assert.Null((await Eventually.BecomesAsync(Newest, n => n!.At > next.At))!.LagSeconds);
    }

    [Fact]
    public async Task What_waits_and_what_was_given_up_is_shown_as_it_was_read_last()
    {
        await using (var dying = await StartAsync(relays: false)) await dying.CommitAsync(Closed("a rule forbids it"), Closed("a rule forbids it"));
        await using var service = await StartAsync();
        using var figures = new Figures(service);
        await Eventually.BecomesAsync(() => service.Queues.StateAsync(CancellationToken.None), q => q.Single().Failed == 2);
        await service.InDbAsync(db =>
        {
            var longAgo = DateTimeOffset.UtcNow.AddHours(-1);
            db.Add(new OutboxMessage { Id = Guid.NewGuid(), Type = "NoSuchEvent", Body = "{}", CreatedAt = longAgo, DueAt = longAgo });
            return db.SaveChangesAsync();
        });

        await service.Services.GetRequiredService<MessagingGauges>().RefreshAsync(CancellationToken.None);
        await service.InDbAsync(db => db.Set<OutboxMessage>().ExecuteDeleteAsync());
        figures.Observe();

        Assert.Equal(1, figures.Of("betterconnections.outbox.unsent").Last().Value); // observing does not ask the database
        Assert.InRange(figures.Of("betterconnections.outbox.oldest_unsent.age").Last().Value, 3600, 3700);
        var failed = figures.Of("betterconnections.queue.failed").Last();
        Assert.Equal((2d, Queue), (failed.Value, failed.Tags["queue"]));
        Assert.Equal(0, figures.Of("betterconnections.queue.waiting").Last().Value);
        Assert.Equal(2, figures.Of("betterconnections.consumer.duration").Count(m => m.Tags["outcome"] is "failed"));
    }

    [Fact]
    public async Task They_leave_by_OTLP_under_their_names()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var service = await NotesService.StartAsync(Database, Broker.Address, settings: receiver.Settings))
        {
            var closed = Closed();
            await service.CommitAsync(closed);
            await Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == closed.FacilityId);
            await service.Services.GetRequiredService<MessagingGauges>().RefreshAsync(CancellationToken.None);
        }

        // A service that stops sends what it has.
        foreach (var name in new[] { "outbox.sent", "outbox.unsent", "outbox.oldest_unsent.age", "queue.waiting", "queue.failed", "consumer.duration", "event.lag" })
            Assert.True(receiver.Has("/v1/metrics", $"betterconnections.{name}"), name);
    }
}
