using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BetterConnections.Messaging.Tests;

/// <summary>A service whose database goes away while messages come in, more of them than it takes at a time.</summary>
public sealed class DatabaseAwayTests : MessagingTest
{
    private const string Queue = "notes.write-note-when-facility-closed";
    private const int Messages = 20;

    [Fact]
    public async Task However_long_the_database_is_away_no_message_is_given_up_and_all_have_their_effect_when_it_is_back()
    {
        await using var line = LineToDatabase();
        await using var service = await StartBehindAsync(line);
        using var figures = new Figures(service);
        line.Cut();

        await PublishAsync();
        await TriedAsync(figures, times: 4); // a message that fails otherwise is given up after three

        Assert.Equal(0u, (await service.Queues.StateAsync(CancellationToken.None))[0].Failed);
        Assert.Equal(16, InHand(service)); // which the broker does not count as waiting
        figures.Observe();
        Assert.Equal(16, figures.Of("betterconnections.queue.in_hand").Last().Value);
        line.Mend();
        await Eventually.BecomesAsync(() => service.InDbAsync(db => db.Notes.CountAsync()), notes => notes == Messages);
        Assert.Equal([new QueueState(Queue, Waiting: 0, Failed: 0)], await service.Queues.StateAsync(CancellationToken.None));
        await Eventually.BecomesAsync(() => Task.FromResult(InHand(service)), left => left == 0);
    }

    [Fact]
    public async Task A_service_that_is_stopped_meanwhile_gives_its_messages_back_and_holds_nobody_up()
    {
        await using var line = LineToDatabase();
        var stopped = await StartBehindAsync(line);
        using var figures = new Figures(stopped);
        line.Cut();
        await PublishAsync();
        await TriedAsync(figures, times: 2);

        await stopped.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await using var queues = new Queues(Broker.Address, [Queue]);
        Assert.Equal([new QueueState(Queue, Waiting: Messages, Failed: 0)], await queues.StateAsync(CancellationToken.None));
        await using var next = await StartAsync();
        await Eventually.BecomesAsync(() => next.InDbAsync(db => db.Notes.CountAsync()), notes => notes == Messages);
    }

    private static int InHand(NotesService service) => service.Services.GetRequiredService<MessagesInHand>().Of(Queue);

    private CuttableLine LineToDatabase()
    {
        var server = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        return CuttableLine.To(new($"tcp://{server.Host}:{server.Port}"));
    }

    private Task<NotesService> StartBehindAsync(CuttableLine line) => NotesService.StartAsync(Database, Broker.Address, settings:
    [
        ("ConnectionStrings:notesdb", new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = line.Address.Port }.ConnectionString),
        ("Messaging:Retries:0", "00:00:00.001"),
        ("Messaging:Retries:1", "00:00:00.001"),
    ]);

    private Task PublishAsync() => Task.WhenAll(Enumerable.Range(0, Messages).Select(_ => Closed()).Select(c => Broker.PublishAsync(c, c.FacilityId)));

    /// <summary>Until the sixteen that the service takes at a time have failed so often.</summary>
    private static Task TriedAsync(Figures figures, int times) => figures.BecomeAsync("betterconnections.consumer.duration",
        tried => tried.Count(t => t.Tags["outcome"] is "failed") >= 16 * times);
}
