using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers;

/// <summary>
/// A time that a phone wrote down, perhaps long before it found a network, on the system's clock: the phone says when it sends, so what
/// its clock was wrong by is known, set right and noted.
/// </summary>
/// <param name="SkewSeconds">What was added; 0 where the clock was right within the tolerance.</param>
public readonly record struct DeviceTime(DateTimeOffset At, int SkewSeconds)
{
    /// <param name="sentAt">By the same clock as <paramref name="at"/>; where it is left out that clock is taken to be right.</param>
    /// <exception cref="BadInput">time_in_future</exception>
    /// <exception cref="RuleBroken">too_late</exception>
    public static DeviceTime Read(DateTimeOffset at, DateTimeOffset? sentAt, DateTimeOffset now, VolunteeringSettings settings)
    {
        var tolerance = TimeSpan.FromMinutes(settings.ClockToleranceMinutes);
        var skew = sentAt is { } sent ? now - sent : TimeSpan.Zero;
        if (skew.Duration() <= tolerance) skew = TimeSpan.Zero;
        // Compared before anything is added: the year 9999 from a broken clock is a refusal, not an overflow.
        if (at - now > tolerance - skew) throw new BadInput("time_in_future", $"{at:u} has not come yet.");
        if (now - at > TimeSpan.FromDays(settings.LateDays) + skew)
            throw new RuleBroken("too_late", $"What was {settings.LateDays} days ago is not taken any more; ask the programme office.");
        return new((at + skew).ToUniversalTime(), (int)skew.TotalSeconds);
    }
}
