using BetterConnections.Contracts;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Messaging.Tests;

/// <summary>Backups hold the databases and nothing of the broker: what was sent is kept for a while and can be sent again.</summary>
public sealed class RestoreTests : MessagingTest
{
    private static readonly string SendAgain = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "resend.sql")); // the one that ./bc restore runs

    [Fact]
    public async Task After_a_restore_what_was_lost_with_the_broker_arrives_and_what_had_arrived_has_no_second_effect()
    {
        await using var service = await StartAsync();
        var closed = Enumerable.Range(0, 20).Select(_ => Closed()).ToArray();
        await service.CommitAsync(closed);
        await Eventually.BecomesAsync(() => service.InDbAsync(db => db.Set<SentMessage>().CountAsync()), sent => sent == 40); // each is answered with an event
        var (lost, had) = (closed[0].FacilityId, closed[1].FacilityId);
        await service.InDbAsync(async db =>
        {
            var message = await db.Set<SentMessage>().Where(m => m.Type == nameof(FacilityClosed)).Select(m => new { m.Id, m.Body }).ToListAsync();
            var id = message.Single(m => m.Body.Contains(lost.ToString())).Id;
            await db.Set<InboxMessage>().Where(m => m.MessageId == id).ExecuteDeleteAsync();
            return await db.Notes.Where(n => n.FacilityId == lost).ExecuteDeleteAsync();
        });

        await service.InDbAsync(db => db.Database.ExecuteSqlRawAsync(SendAgain));

        await Eventually.BecomesAsync(() => service.InDbAsync(db => db.Notes.CountAsync(n => n.FacilityId == lost)), notes => notes == 1);
        await Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == had, 2);
        await Eventually.BecomesAsync(service.UnsentAsync, unsent => unsent == 0);
        await Eventually.BecomesAsync(async () => (await service.Queues.StateAsync(CancellationToken.None)).Sum(q => q.Waiting + q.Failed), waiting => waiting == 0);
        Assert.Equal(20, await service.InDbAsync(db => db.Notes.CountAsync()));
    }

    [Fact]
    public async Task Who_has_had_a_message_knows_it_for_longer_than_it_can_be_sent_again()
    {
        await using var service = await StartAsync(relays: false);
        await service.InDbAsync(db =>
        {
            foreach (var days in new[] { 6, 8, 29, 31 })
            {
                var at = DateTimeOffset.UtcNow.AddDays(-days);
                db.Add(new SentMessage { Id = Guid.NewGuid(), Type = $"{days} days", Body = "{}", SentAt = at });
                db.Add(new InboxMessage { MessageId = Guid.NewGuid(), Queue = $"{days} days", ReceivedAt = at });
            }
            return db.SaveChangesAsync();
        });

        await service.Services.GetRequiredService<MessageCleaner<NotesDb>>().CleanAsync(CancellationToken.None);

        Assert.Equal(["6 days"], await service.InDbAsync(db => db.Set<SentMessage>().Select(m => m.Type).ToListAsync()));
        Assert.Equal(["29 days", "6 days", "8 days"], await service.InDbAsync(db => db.Set<InboxMessage>().Select(m => m.Queue).OrderBy(q => q).ToListAsync()));
    }
}
