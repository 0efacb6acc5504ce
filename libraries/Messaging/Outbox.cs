using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BetterConnections.Messaging;

/// <summary>An event that has happened and is not yet confirmed by the broker. Then it becomes a <see cref="SentMessage"/>.</summary>
public sealed class OutboxMessage
{
    /// <summary>Also the message's id on the broker, by which receivers recognise a repetition.</summary>
    public Guid Id { get; init; }
    /// <summary>The contract's name, e.g. <c>KitReserved</c>.</summary>
    public required string Type { get; init; }
    public required string Body { get; init; }
    public string? TraceParent { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public int Attempts { get; init; }
    public string? LastError { get; init; }
}

/// <summary>
/// An event that the broker has confirmed. Kept 7 days, for it may still wait in a queue of the broker: a restored system, whose broker
/// is empty, sends it again.
/// </summary>
public sealed class SentMessage
{
    public Guid Id { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public DateTimeOffset SentAt { get; init; }
}

public static class Outbox
{
    /// <summary>Records <paramref name="happened"/>; it is sent once the next <c>SaveChangesAsync</c> has committed, and never otherwise.</summary>
    public static void Publish<T>(this DbContext db, T happened) where T : class
    {
        var now = DateTimeOffset.UtcNow; // the sender's own clock: it orders sending and says nothing about the programme
        db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Type = typeof(T).Name,
            Body = JsonSerializer.Serialize(happened),
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
            DueAt = now,
        });
    }
}

/// <summary>Wakes this process's relay when a commit left something to send; the relay's slow poll finds what another process left.</summary>
internal sealed class OutboxSignal
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two commits at once: one wake-up serves both.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _wake.WaitAsync(atMost, cancel);
}

/// <summary>Signals after the commit of a context that has saved outbox rows, whether EF or the caller owns the transaction. One serves all contexts.</summary>
internal sealed class OutboxInterceptor(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData data, int result, CancellationToken cancel = default)
    {
        if (data.Context!.Database.CurrentTransaction is null) Signal(data.Context);
        return new(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData data, CancellationToken cancel = default)
    {
        Signal(data.Context!);
        return Task.CompletedTask;
    }

    private void Signal(DbContext db)
    {
        if (db.ChangeTracker.Entries<OutboxMessage>().Any()) signal.Wake();
    }
}
