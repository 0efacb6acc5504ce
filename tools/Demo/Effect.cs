namespace BetterConnections.Demo;

internal enum EffectKind
{
    /// <summary>The share that answers with one of <see cref="Effect.Yes"/>.</summary>
    Share,
    /// <summary>The median of a frequency from 0 to 5.</summary>
    Median,
    /// <summary>Of those asked both times, the share whose answer from 1 to 5 is higher the second time.</summary>
    Improved,
}

/// <summary>What is true of the simulated workers for the headline measure of one indicator.</summary>
/// <param name="Before">Null where it is not asked before the training.</param>
/// <param name="Waiting">At the facilities that still wait, when the others are asked after the training; null where it is not compared.</param>
/// <param name="Yes">Answers that count; the first item decides, the others are given the same.</param>
internal sealed record Effect(int Indicator, string Measure, EffectKind Kind, string[] Items, double? Before, double After, double? Waiting, string[] Yes, string[] No)
{
    /// <summary>What the programme itself does: the change of those who learned less the change of those who wait.</summary>
    public double? Own => After - Waiting;


    private static readonly string[] B1 = ["yes"], B0 = ["no"], Agree = ["4", "5"], NotAgree = ["1", "2", "3"], Very = ["5"], NotVery = ["3", "4"], Better = ["4", "5"], NotBetter = ["2", "3"];

    /// <summary>
    /// All that is put into the simulation: compare the printed results with it. The numbers are made up and say nothing of the programme.
    /// Some of it changes without the programme too, which only the facilities
    /// that still wait can show. Number 7 has no effect at all, so a test that finds one there is wrong.
    /// </summary>
    public static readonly IReadOnlyList<Effect> All =
    [
        new(1, "lab-access", EffectKind.Share, ["AC1"], 0.20, 0.75, 0.20, B1, B0),
        new(2, "learning-materials", EffectKind.Share, ["LM1"], 0.25, 0.85, 0.25, B1, B0),
        new(3, "internet-frequency", EffectKind.Median, ["FI1"], 2, 4, 3, [], []),
        new(4, "confidence-computers", EffectKind.Share, ["CD0"], 0.35, 0.80, 0.40, Agree, NotAgree),
        new(5, "confidence-internet", EffectKind.Share, ["CI0"], 0.40, 0.75, 0.50, Agree, NotAgree),
        new(6, "improvement.family-and-friends", EffectKind.Improved, ["AI-a"], null, 0.70, null, [], []),
        new(6, "improvement.mood-and-wellbeing", EffectKind.Improved, ["AI-b"], null, 0.60, null, [], []),
        new(7, "entertainment", EffectKind.Median, ["EN1"], 3, 3, 3, [], []),
        new(8, "sustainable-internet", EffectKind.Share, ["SC1"], 0.50, 0.80, 0.50, B1, B0),
        new(9, "support", EffectKind.Share, ["ST1", "ST2"], null, 0.65, null, Very, NotVery),
        new(10, "independent-users", EffectKind.Share, ["IU1"], 0.30, 0.85, 0.40, B1, B0),
        new(11, "six-months.happiness", EffectKind.Share, ["GI1"], null, 0.60, null, Better, NotBetter),
    ];
}
