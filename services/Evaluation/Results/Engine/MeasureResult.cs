using System.Text.Json.Serialization;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>All that was computed of one indicator. The JSON of this is what is stored, hashed and published.</summary>
/// <param name="Engine">Version of the code that computed it.</param>
/// <param name="Cautions">What to know of the interviews behind it; null in results of engine 3.</param>
public sealed record IndicatorResult(int Number, string Indicator, int DefinitionVersion, Words Name, string Engine, bool Simulated, bool Planned, IReadOnlyList<MeasureResult> Measures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Caution>? Cautions = null);

/// <param name="Code"><c>unknown_card_left_out</c>, <c>not_drawn_left_out</c> or <c>not_drawn_accepted</c>.</param>
/// <param name="Interviews">How many, where ten or more.</param>
public sealed record Caution(string Code, Number Interviews, Words Sentence);

/// <param name="Comparison">Against facilities still waiting; null where nobody waiting was asked.</param>
/// <param name="Alpha">Cronbach's, of measures that are the mean of several items.</param>
/// <param name="Kappa">Agreement of respondents with who observed them.</param>
public sealed record MeasureResult(string Measure, MeasureKind Kind, RespondentGroup Asked, Family Family, double? Target, Words Says, Words? Unit,
    Cell Overall, IReadOnlyList<Cell> ByLanguage, IReadOnlyList<Cell> ByZone, IReadOnlyList<Alternative> Alternatives,
    Comparison? Comparison, Number? Alpha, Number? Kappa);

/// <summary>Another reading of the same wording.</summary>
public sealed record Alternative(string Reading, Words Says, Estimated Estimate);

/// <summary>A group of respondents: all, those of one language, those of one zone.</summary>
/// <param name="Withheld">It holds fewer than ten people, or one that does could be had by subtraction; then nothing of it is told.</param>
/// <param name="NPre">Respondents with a value before; null where nothing is compared. A few who were asked only once are left out, here and in <paramref name="NPost"/>.</param>
/// <param name="NMatched">Respondents with both; null where nobody is followed or too few were found again. A language or zone holds these only.</param>
/// <param name="Clusters">Facilities.</param>
/// <param name="Missing">Those asked without a value, by reason.</param>
public sealed record Cell(string? Key, bool Withheld, int? NPre, int? NPost, int? NMatched, int? Clusters, MissingCounts? Missing,
    Estimated? Estimate, Estimated? Before, Change? Change, Attrition? Attrition)
{
    /// <summary>The result in words; written last, when p-values are corrected.</summary>
    public Words? Sentence { get; set; }

    public static Cell Hidden(string? key) => new(key, true, null, null, null, null, null, null, null, null, null);
}

/// <param name="Impossible">Answers that the form does not allow (<see cref="Submissions.Submission.Problems"/>); null in results of engine 3, which counted most of them as technical.</param>
public sealed record MissingCounts(Number NotAsked, Number Refused, Number DontKnow, Number Technical,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Number? Impossible = null);

/// <param name="Method">Of the interval, 95%.</param>
/// <param name="Weighted">The same with design weights, where the sample did not give everybody the same chance.</param>
/// <param name="NotWeighted">Why there is none: one of the codes below, or the name of an <see cref="Statistics.Obstacle"/>; null where there is one, and in results of engine 3.</param>
public sealed record Estimated(Number Value, Number Low, Number High, string? Method, Number? Icc = null, Number? DesignEffect = null, Number? EffectiveSize = null,
    Estimated? Weighted = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NotWeighted = null)
{
    /// <summary>Nobody was drawn, so nobody's chance is known.</summary>
    public const string NobodyDrawn = "NobodyDrawn";

    /// <summary>An evaluator accepted interviews of people who had not been drawn; theirs is not known.</summary>
    public const string NotAllDrawn = "NotAllDrawn";

    /// <summary>All had the same chance: weights would change nothing.</summary>
    public const string EqualChances = "EqualChances";

    /// <summary>Medians are not weighted here.</summary>
    public const string IsMedian = "IsMedian";

    public static Estimated None(string reason) => new(Number.None(reason), Number.None(reason), Number.None(reason), null);
}

/// <summary>Of those asked both times (or, where they were asked to look back, of those asked).</summary>
/// <param name="Improved">Share, 0 to 1, like the next two.</param>
/// <param name="Test">The one that counts.</param>
/// <param name="Others">For whoever wants to compare methods; nothing rests on them.</param>
public sealed record Change(Number Before, Number After, Number Improved, Number Same, Number Worse, TestOutcome Test, IReadOnlyList<TestOutcome> Others,
    IReadOnlyList<Effect> Effects);

/// <param name="Draws">Random permutations; null where all were counted or none were needed.</param>
public sealed record TestOutcome(string Method, Number Statistic, double? DegreesOfFreedom, Number P, int? Draws = null)
{
    /// <summary>Corrected for the number of tests; the one to judge by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Number? Adjusted { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Correction { get; set; }

    /// <summary>What the test could have found at best; null for tests without such a limit, and in results of engine 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reach? Reach { get; set; }

    /// <summary>The smallest p that so many facilities can give; null where there is no such limit.</summary>
    [JsonIgnore]
    public double? LeastP { get; init; }

    /// <summary>At 0.05 after correction; null where there is no test, or none that could ever have been significant.</summary>
    [JsonIgnore]
    public bool? IsSignificant => Adjusted?.Value is { } p && Reach?.Gate is null ? p < Honesty.Alpha : null;

    public static TestOutcome None(string method, string reason) => new(method, Number.None(reason), null, Number.None(reason));
}

/// <param name="LeastP">The smallest p that the test can give with so many facilities, however great the change.</param>
/// <param name="LeastAdjusted">The same after correction, if all other tests of the family had come out as small as they can.</param>
/// <param name="Gate"><see cref="Obstacle.AlphaOutOfReach"/> where even that is not significant: then the test says nothing, and no other could.</param>
public sealed record Reach(Number LeastP, Number LeastAdjusted, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Gate);

public sealed record Effect(string Name, Number Value, Number Low, Number High, string Method);

/// <param name="Lost">Share of those with a value before who have none after; 0 to 1. Not told where fewer than ten were lost or found.</param>
/// <param name="Announce">More than 30% were lost: said above the result.</param>
/// <param name="KeptBefore">Mean before of those found again, to compare with the lost ones'; shares are means of 0 and 1.</param>
public sealed record Attrition(Number Lost, bool Announce, Number KeptBefore, Number LostBefore);

/// <summary>
/// Difference in differences of facility means: facilities that opened against those that waited all the time, within zone and delivery batch.
/// </summary>
public sealed record Comparison(Number Value, Number Low, Number High, int Open, int Waiting, TestOutcome Test);
