using BetterConnections.Identity.Keys;
using BetterConnections.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Identity.Tests;

public class HousekeepingTests(IdentityApp identity)
{
    [Fact]
    public async Task An_hour_that_fails_whatever_the_reason_ends_neither_the_timer_nor_the_service()
    {
        using var logs = new LogBook();
        using var factory = new LoggerFactory([logs]);
        using var housekeeping = new Housekeeping(new Broken(), identity.Services.GetRequiredService<KeyRing>(), identity.Clock, factory.CreateLogger<Housekeeping>());

        await housekeeping.StartAsync(CancellationToken.None);

        await Eventually.BecomesAsync(() => Task.FromResult(logs.Lines.Count(l => l.Contains("not tidied up"))), told => told == 1);
        Assert.False(housekeeping.ExecuteTask!.IsCompleted);
        await housekeeping.StopAsync(CancellationToken.None);
    }

    private sealed class Broken : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => throw new TimeoutException("The answer did not come in time.");
    }
}
