using System.Text.Json.Serialization;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Results.Definitions;

/// <summary>What is estimated of the values.</summary>
public enum MeasureKind
{
    /// <summary>The share whose value is 1.</summary>
    Share,
    Median,
    Mean,
    /// <summary>Of those asked both times, the share whose value rose.</summary>
    ShareImproved,
    /// <summary>Of those asked to look back (1 much worse to 5 much better), the share above 3, "no change".</summary>
    ShareBetter,
}

/// <summary>How the answers of one interview become one value. Where an item is missing there is no value, unless said otherwise.</summary>
public enum Scoring
{
    /// <summary>1 where the first item is one of <see cref="Measure.Counts"/>, 0 where it is another of <see cref="Measure.Of"/>.</summary>
    OneOf,
    /// <summary>As <see cref="OneOf"/>, for all items.</summary>
    Every,
    /// <summary>How many items are one of <see cref="Measure.Counts"/>.</summary>
    Count,
    /// <summary>The first item, between <see cref="Measure.Least"/> and <see cref="Measure.Most"/>.</summary>
    Number,
    /// <summary>The mean of the items, if two thirds of them were answered.</summary>
    Mean,
    /// <summary>The sum of the items times 4.</summary>
    SumTimesFour,
    /// <summary>The first item divided by the second.</summary>
    Ratio,
}

/// <summary>Which test a change gets. All of them take clusters into account; see <see cref="Engine.PairedTests"/>.</summary>
public enum MeasureTest { None, McNemar, Wilcoxon, Sign, Target }

/// <summary>Confirmatory ones are few, named before the data, and corrected by Holm; all others by Benjamini and Hochberg.</summary>
public enum Family { Exploratory, Confirmatory }

/// <summary>One of the eleven indicators as it is computed. A change of any rule is a new version; results name theirs.</summary>
/// <param name="Number">1 to 11, in the programme's order.</param>
/// <param name="Code">One of <see cref="Indicators"/>.</param>
/// <param name="Measures">The first one is the headline.</param>
public sealed record IndicatorDefinition(
    [property: JsonRequired] int Number,
    [property: JsonRequired] string Code,
    [property: JsonRequired] int Version,
    [property: JsonRequired] Words Name,
    [property: JsonRequired] IReadOnlyList<Measure> Measures);

/// <param name="Says">What the sentence tells: "97% of the workers asked <i>could open …</i>", or a noun for medians, means and improvements.</param>
/// <param name="Counts">The numerator: answers that count.</param>
/// <param name="Of">The denominator: answers that are one; everything else is a reason for having none.</param>
/// <param name="Topic">Slug of the toolkit that would raise it.</param>
/// <param name="Target">Share that the programme wants to hold: the one it published before.</param>
/// <param name="Breakdown">Also by language and by zone.</param>
/// <param name="Alternatives">Other readings of the same wording, from the same answers; <see cref="Code"/> is then the reading's.</param>
/// <param name="Observed">The same as somebody else saw it; the agreement of both is given (kappa).</param>
public sealed record Measure(
    [property: JsonRequired] string Code,
    [property: JsonRequired] MeasureKind Kind,
    [property: JsonRequired] IReadOnlyList<string> Items,
    [property: JsonRequired] MeasureTest Test,
    [property: JsonRequired] Words Says,
    RespondentGroup Asked = RespondentGroup.Worker,
    Scoring Scoring = Scoring.OneOf,
    IReadOnlyList<string>? Counts = null,
    IReadOnlyList<string>? Of = null,
    double? Least = null,
    double? Most = null,
    Words? Unit = null,
    string? Topic = null,
    Family Family = Family.Exploratory,
    double? Target = null,
    bool Breakdown = false,
    IReadOnlyList<Measure>? Alternatives = null,
    Measure? Observed = null);
