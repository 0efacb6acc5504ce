using System.ComponentModel.DataAnnotations;

namespace BetterConnections.Training;

/// <summary>The body of a step that nobody takes without saying why.</summary>
public sealed record Reason([Required, StringLength(500, MinimumLength = 3)] string Why);
