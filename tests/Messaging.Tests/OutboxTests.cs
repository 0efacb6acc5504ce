using BetterConnections.Contracts;
using BetterConnections.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.Messaging.Tests;

public sealed class OutboxTests : MessagingTest
{
    [Fact]
    public async Task What_a_service_committed_before_it_died_is_sent_by_the_next_one()
    {
        var closed = Closed();
        await using (var dying = await StartAsync(relays: false)) await dying.CommitAsync(closed);
        Assert.Empty(Broker.Heard<FacilityClosed>(_ => true));

        await using var next = await StartAsync();

        await Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == closed.FacilityId);
        await Eventually.BecomesAsync(next.UnsentAsync, unsent => unsent == 0);
    }

    [Fact]
    public async Task What_was_rolled_back_is_never_sent()
    {
        await using var service = await StartAsync();
        var (undone, done) = (Closed(), Closed());

        await service.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(undone);
            return await db.SaveChangesAsync();
        });
        await service.CommitAsync(done);

        await Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == done.FacilityId);
        Assert.Empty(Broker.Heard<FacilityClosed>(e => e.FacilityId == undone.FacilityId));
    }

    [Fact]
    public async Task While_theBroker_is_down_work_goes_on_and_everything_arrives_when_it_is_back()
    {
        await using var line = CuttableLine.To(Broker.Address);
        await using var service = await NotesService.StartAsync(Database, line.Address);
        line.Cut();
        await Eventually.BecomesAsync(() => Task.FromResult(service.Services.GetRequiredService<IBusControl>().CheckHealth().Status), s => s != BusHealthStatus.Healthy);

        var events = Enumerable.Range(0, 20).Select(_ => Closed()).ToArray();
        foreach (var closed in events) await service.CommitAsync(closed);
        Assert.Equal(20, await service.UnsentAsync());
        Assert.Equal(HealthStatus.Unhealthy, (await service.HealthAsync("queues")).Status);

        line.Mend();
        var ids = events.Select(e => e.FacilityId).ToHashSet();
        await Broker.HeardAsync<FacilityClosed>(e => ids.Contains(e.FacilityId), 20);
        // It comes back to its own consumer too, whose effects are there once each.
        await Eventually.BecomesAsync(() => service.InDbAsync(db => db.Notes.CountAsync(n => ids.Contains(n.FacilityId))), n => n == 20);
    }

    [Fact]
    public async Task A_commit_that_its_caller_breaks_off_is_no_error_in_the_log()
    {
        await using var service = await StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(new Note { FacilityId = Guid.NewGuid(), Text = "broken off" });
            await db.SaveChangesAsync();
            await transaction.CommitAsync(new CancellationToken(canceled: true));
            return true;
        }));

        Assert.False(await service.InDbAsync(db => db.Notes.AnyAsync(n => n.Text == "broken off")));
        Assert.DoesNotContain(service.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_cannot_be_sent_waits_with_its_error_and_holds_nobody_up()
    {
        await using var service = await StartAsync();
        var good = Closed();
        await service.InDbAsync(db =>
        {
            db.Add(new OutboxMessage { Id = Guid.NewGuid(), Type = "NoSuchEvent", Body = "{}", CreatedAt = DateTimeOffset.UtcNow, DueAt = DateTimeOffset.UtcNow });
            return db.SaveChangesAsync();
        });

        await service.CommitAsync(good);

        await Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == good.FacilityId);
        var poison = await Eventually.BecomesAsync(() => service.InDbAsync(db => db.Set<OutboxMessage>().SingleAsync(m => m.Type == "NoSuchEvent")), m => m.Attempts > 0);
        Assert.Contains("NoSuchEvent", poison.LastError);
        Assert.True(poison.DueAt > poison.CreatedAt);
    }

    [Fact]
    public async Task Two_relays_share_the_work_and_send_nothing_twice()
    {
        var events = Enumerable.Range(0, 500).Select(_ => Closed()).ToArray();
        await using (var dying = await StartAsync(relays: false)) await dying.CommitAsync([.. events]);

        var both = await Task.WhenAll(StartAsync(), StartAsync());
        await using var one = both[0];
        await using var two = both[1];

        await Eventually.BecomesAsync(one.UnsentAsync, unsent => unsent == 0);
        var heard = await Broker.HeardAsync<FacilityClosed>(_ => true, 500);
        Assert.Equal(500, heard.Count);
        Assert.Equal(500, heard.Select(h => h.MessageId).Distinct().Count());
    }
}
