namespace BetterConnections.Enrollment;

/// <summary>Who did something, when and why; every entry of a history names it.</summary>
/// <param name="By">The account or partner system (token subject), or the name of the consumer that reacted to an event.</param>
public sealed record Act(string By, DateTimeOffset At, string? Why = null);
