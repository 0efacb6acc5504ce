using System.ComponentModel.DataAnnotations;

namespace BetterConnections.Volunteers;

/// <summary>Who did something, when and why; every entry of a history names it.</summary>
/// <param name="By">The account (token subject), the name of the consumer that reacted to an event, or <see cref="Self"/>.</param>
public sealed record Act(string By, DateTimeOffset At, string? Why = null)
{
    /// <summary>Who acted, where it was the volunteer itself: its account is written down nowhere but with the volunteer, and goes with it.</summary>
    public const string Self = "volunteer";
}

/// <summary>The body of a step that nobody takes without saying why.</summary>
public sealed record Reason([Required, StringLength(500, MinimumLength = 3)] string Why);
