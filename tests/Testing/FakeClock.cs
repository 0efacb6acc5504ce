using BetterConnections.ServiceDefaults;

namespace BetterConnections.Testing;

/// <summary>Real time until a test moves it on.</summary>
public sealed class FakeClock : Clock
{
    private TimeSpan _ahead, _lost;

    /// <summary>How much longer it seems to take whenever somebody looks how long something took.</summary>
    public TimeSpan Slowness { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)((_lost += Slowness).TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => _ahead += by;
}
