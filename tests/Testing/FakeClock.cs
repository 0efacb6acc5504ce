using BetterConnections.ServiceDefaults;

namespace BetterConnections.Testing;

/// <summary>Real time until a test moves it on.</summary>
public sealed class FakeClock : Clock
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
