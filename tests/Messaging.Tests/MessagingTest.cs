using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Messaging.Tests;

/// <summary>A database and a virtual host of its own for each test.</summary>
public abstract class MessagingTest : IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;
    protected TestBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync(typeof(NotesDb).Assembly);
        Broker = await TestBroker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<NotesService> StartAsync(bool relays = true) => NotesService.StartAsync(Database, Broker.Address, relays);

    protected static FacilityClosed Closed(string reason = "lease ended") => new(Guid.NewGuid(), reason, DateTimeOffset.UtcNow);
}
