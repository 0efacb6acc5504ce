using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>One submission of a frozen snapshot.</summary>
/// <param name="Number">In the order of arrival.</param>
/// <param name="Respondent">Pseudonym; null where the form asks nobody by name or card.</param>
/// <param name="Waiting">At a facility that had not opened: the arm to compare with, in no other result.</param>
/// <param name="Probability">Of being in the sample; null for who was not drawn.</param>
/// <param name="Answers">Text by item; null: asked and left empty; not there: not asked.</param>
/// <param name="Impossible">Items whose answer the form does not allow: no values, whatever they look like.</param>
/// <param name="Batch">Month in which the facility got in line for delivery; null where it had not when the wave opened there.</param>
public sealed record Interview(long Number, string Instrument, RespondentGroup Group, string? Respondent, Guid? Facility, string? Zone, string? Language,
    bool Waiting, double? Probability, IReadOnlyDictionary<string, string?> Answers, string? Batch = null, IReadOnlyCollection<string>? Impossible = null);

/// <summary>One wave as a result looks at it.</summary>
/// <param name="Instrument">Which of its questionnaires counts for workers: the baseline of a wave, or its endline.</param>
/// <param name="IsBaseline">Nobody whom it asked had been trained, also where the facility was open already.</param>
/// <param name="UnknownCards">Interviews that the freeze left out, see <see cref="Waves.WaveSnapshot"/>; likewise the next.</param>
public sealed record Side(string Instrument, IReadOnlyList<Interview> Interviews, bool IsBaseline = false, int UnknownCards = 0, int NotDrawn = 0);

/// <param name="Before">Null where one wave is described and nothing compared.</param>
/// <param name="IsPlanned">An analysis plan was saved before the wave closed, and the planned tests are as they were then; else nothing is confirmatory.</param>
/// <param name="IsSimulated">The respondents are made up, and every sentence says so.</param>
/// <param name="Seed">The snapshots' hashes: the same data draw the same permutations.</param>
/// <param name="Format">The latest <see cref="Waves.WaveSnapshot.Format"/> of the waves; it decides the <see cref="ResultsEngine.VersionFor"/>.</param>
public sealed record AnalysisInput(IReadOnlyList<Definitions.IndicatorDefinition> Definitions, Side? Before, Side After, bool IsPlanned, bool IsSimulated, string Seed,
    int Format = Waves.WaveSnapshot.LatestFormat);
