namespace BetterConnections.ServiceDefaults;

/// <summary>The system's time in whole microseconds, as PostgreSQL keeps it: what a request answers is what is read later.</summary>
public class Clock : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
