using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>How the answers to one closed question spread over its choices.</summary>
/// <param name="IsGraded">The choices are steps of one scale, from the least to the most.</param>
/// <param name="Label">The question, by language.</param>
/// <param name="Choices">The answers in their order; of a scale the least first. What says why there is no answer is not among them.</param>
/// <param name="Before">Null where nothing is compared or it was not asked before; likewise the next.</param>
public sealed record Distribution(string Item, RespondentGroup Asked, bool IsGraded, Dictionary<string, string> Label, IReadOnlyList<DistributionChoice> Choices, Spread? Before, Spread? Now);

public sealed record DistributionChoice(string Value, Dictionary<string, string> Label);

/// <param name="Withheld">Fewer than ten answered; then nothing more is told.</param>
/// <param name="Answered">How many answered; a few who were asked only once are left out, as in <see cref="Cell"/>.</param>
/// <param name="Answers">In the order of the choices.</param>
/// <param name="Missing">How many did not answer; null where these are a few.</param>
/// <param name="Reasons">Of them, by reason.</param>
public sealed record Spread(bool Withheld, int? Answered, IReadOnlyList<SpreadPart> Answers, int? Missing, IReadOnlyList<SpreadPart> Reasons);

/// <param name="Key">Value of a choice, or a reason: <c>NotAsked</c>, <c>Refused</c>, <c>DontKnow</c>, <c>Technical</c>, <c>Impossible</c>.</param>
/// <param name="Count">Null: withheld, because it is a few or because a few could be had as the whole less the others.</param>
/// <param name="Share">Of those who answered, or did not, 0 to 1; null where nobody did.</param>
public sealed record SpreadPart(string Key, int? Count, double? Share);
