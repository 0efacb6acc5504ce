using BetterConnections.Evaluation.Account;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Statistics;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

/// <summary>Section <c>Results</c>.</summary>
public sealed class ResultSettings
{
    /// <summary>A facility where a greater share of those asked cannot do without help gets a refresher.</summary>
    public double RefresherAbove { get; init; } = 0.06;
}

/// <param name="Workers">Estimated for all who are there, not only for those asked.</param>
public sealed record RefresherNeed(Guid Facility, string Topic, int Workers);

/// <summary>Facilities whose trained workers are not yet independent users, and what they need most.</summary>
public sealed class RefresherNeeds(EvaluationDb db, ResultSettings settings, AccountSettings account)
{
    private const string Independent = "IU1", Needs = "IU2", BeforeTraining = "I1", Otherwise = "computer-basics";

    public async Task<IReadOnlyList<RefresherNeed>> OfAsync(Analysis analysis, CancellationToken cancel)
    {
        if (analysis.Instrument is BeforeTraining or "") return []; // nobody has been trained yet
        var topics = (await db.IndicatorDefinitions.AsNoTracking().Where(d => d.Code == Indicators.AreasOfImprovement).OrderByDescending(d => d.Version).FirstAsync(cancel))
            .Definition.Measures.Where(m => m.Topic is not null).ToList();
        var joined = await db.Workers.Where(w => w.Askable).GroupBy(w => w.FacilityId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var interviews = (await db.InterviewsAsync([analysis.WaveId], cancel))[analysis.WaveId].Where(i => i.Instrument == analysis.Instrument && !i.Waiting && i.Facility is not null);
        return [.. interviews.GroupBy(i => i.Facility!.Value).OrderBy(g => g.Key).Select(g => NeedOf(g.Key, [.. g], topics, joined.GetValueOrDefault(g.Key))).OfType<RefresherNeed>()];
    }

    private RefresherNeed? NeedOf(Guid facility, IReadOnlyList<Interview> interviews, IReadOnlyList<Measure> topics, int joined)
    {
        var asked = interviews.Count(i => i.Answers.GetValueOrDefault(Independent) is "yes" or "no");
        var dependent = interviews.Where(i => i.Answers.GetValueOrDefault(Independent) == "no").ToList();
        if (asked < Honesty.LeastCell || (double)dependent.Count / asked <= settings.RefresherAbove) return null;
        var workers = (int)Math.Round((double)dependent.Count / asked * Math.Max(asked, joined), MidpointRounding.AwayFromZero);
        return new(facility, Named(dependent) ?? Weakest(dependent, topics) ?? Otherwise, Math.Max(account.LeastPublishable, workers));
    }

    /// <summary>The toolkit topic that most of them named.</summary>
    private static string? Named(IEnumerable<Interview> dependent) => dependent
        .SelectMany(i => (i.Answers.GetValueOrDefault(Needs) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(Indicators.Topics.Contains)
        .GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault();

    /// <summary>Who named none: the topic in which they agreed least that they can.</summary>
    private static string? Weakest(IReadOnlyList<Interview> dependent, IEnumerable<Measure> topics) => topics
        .Select(m => (m.Topic, Values: dependent.Select(i => Scores.Of(m, i, out _)).OfType<double>().ToList())).Where(t => t.Values.Count > 0)
        .OrderBy(t => t.Values.Average()).ThenBy(t => t.Topic, StringComparer.Ordinal).Select(t => t.Topic).FirstOrDefault();
}
