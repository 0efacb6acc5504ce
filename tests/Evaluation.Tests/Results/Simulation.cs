using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>
/// Workers whose true answers are known. Half of the facilities lie above the true share by <paramref name="spread"/>, half below, so that
/// the share over all is exactly the given one and neighbours are alike.
/// </summary>
internal sealed class Simulation(ulong seed, int facilities = 24, int each = 20, double spread = 0.1)
{
    private static readonly string[] YesOrNo = ["AC1", "AC3", "SC1", "LM1", "LM2", "IU1"];
    private static readonly string[] Agree = ["CD0", "CD1", "CD2", "CD3", "CD4", "CI0", "CI1", "CI2", "CI3", .. "abcdefghij".Select(c => $"AI-{c}")];
    private static readonly string[] Often = ["AC2", "LM3", "FI1", "EN1", "WB1", "WB2", "WB3", "WB4", "WB5"];
    private static readonly string[] LookingBack = [.. Enumerable.Range(1, 8).Select(i => $"GI{i}")];
    private static readonly string[] Languages = ["ne", "hi", "bn", "ml"];

    private readonly SeededRandom random = new(seed);

    /// <param name="level">The true share of good answers.</param>
    /// <param name="better">The true balance of those who say that it became better; 0.5 is no change.</param>
    public Side Wave(string instrument, double level, double better = 0.5, bool waiting = false, Func<int, bool>? isAsked = null)
    {
        var interviews = new List<Interview>();
        for (var worker = 0; worker < facilities * each; worker++)
        {
            var facility = worker / each;
            var answers = Answers(level + (facility % 2 == 0 ? spread : -spread), better);
            if (isAsked?.Invoke(worker) == false) continue;
            interviews.Add(new(interviews.Count + 1, instrument, RespondentGroup.Worker, $"R-{(waiting ? "W" : "")}{worker:0000}", Facility(facility + (waiting ? 1000 : 0)),
                $"Zone {facility % 3}", Languages[worker % 4], waiting, null, answers));
        }
        return new(instrument, interviews);
    }

    public static Guid Facility(int number) => new(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);

    private Dictionary<string, string?> Answers(double good, double better)
    {
        var answers = new Dictionary<string, string?>();
        foreach (var item in YesOrNo) answers[item] = Chance(good) ? "yes" : "no";
        foreach (var item in Agree) answers[item] = Chance(good) ? $"{4 + random.Below(2)}" : $"{1 + random.Below(3)}";
        foreach (var item in Often) answers[item] = Chance(good) ? $"{3 + random.Below(3)}" : $"{random.Below(3)}";
        foreach (var item in LookingBack) answers[item] = Chance(0.2) ? "3" : Chance(better) ? $"{4 + random.Below(2)}" : $"{1 + random.Below(2)}";
        foreach (var item in (string[])["ST1", "ST2"]) answers[item] = Chance(good) ? "5" : $"{1 + random.Below(4)}";
        for (var task = 1; task <= 5; task++) answers[$"OT{task}"] = Chance(good) ? "done" : "helped";
        return answers;
    }

    private bool Chance(double p) => random.Below(1_000_000) < p * 1_000_000;
}

internal static class Given
{
    public static readonly IReadOnlyList<IndicatorDefinition> Shipped = ShippedIndicators.Read();

    public static AnalysisInput Analysis(Side? before, Side after, bool isPlanned = true, bool isSimulated = false, IReadOnlyList<IndicatorDefinition>? definitions = null) =>
        new(definitions ?? Shipped, before, after, isPlanned, isSimulated, "seed");

    public static IndicatorDefinition Definition(string code) => Shipped.Single(d => d.Code == code);

    public static MeasureResult Measure(this IReadOnlyList<IndicatorResult> results, string code) =>
        results.SelectMany(r => r.Measures).Single(m => m.Measure == code);

    /// <summary>Paired answers to one yes-or-no item, facility by facility.</summary>
    public static (Side Before, Side After) Pairs(string item, IEnumerable<(int Facility, bool Before, bool After)> pairs)
    {
        var listed = pairs.ToList();
        Side Of(string instrument, Func<(int Facility, bool Before, bool After), bool> answer) => new(instrument, [.. listed.Select((p, i) => new Interview(i, instrument,
            RespondentGroup.Worker, $"R-{i:0000}", Simulation.Facility(p.Facility), "Zone 1", "ne", false, null, new Dictionary<string, string?> { [item] = answer(p) ? "yes" : "no" }))]);
        return (Of("I1", p => p.Before), Of("I2", p => p.After));
    }
}
