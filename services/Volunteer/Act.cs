using System.ComponentModel.DataAnnotations;

namespace BetterConnections.Volunteers;

/// <summary>Who did something, when and why; every entry of a history names it.</summary>
/// <param name="By">The account or partner system (token subject), or the name of the consumer that reacted to an event.</param>
public sealed record Act(string By, DateTimeOffset At, string? Why = null);

/// <summary>The body of a step that nobody takes without saying why.</summary>
public sealed record Reason([Required, StringLength(500, MinimumLength = 3)] string Why);
