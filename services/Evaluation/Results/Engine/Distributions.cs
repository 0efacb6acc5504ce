using System.Globalization;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Counts the answers to closed questions, of the interviews that the measures are computed from and by their rules of what is an answer.</summary>
internal static class Distributions
{
    /// <param name="forms">Of the instruments asked, the latest version first.</param>
    public static IReadOnlyList<Distribution> Of(Side? before, Side after, IReadOnlyList<InstrumentDefinition> forms) =>
        [.. Enum.GetValues<RespondentGroup>().SelectMany(asked => Of(asked, before, after, forms))];

    private static IEnumerable<Distribution> Of(RespondentGroup asked, Side? before, Side after, IReadOnlyList<InstrumentDefinition> forms)
    {
        var (now, earlier) = (QuestionsOf(asked, after, forms), QuestionsOf(asked, before, forms));
        foreach (var question in now.Values.Concat(earlier.Values.Where(q => !now.ContainsKey(q.Item.Name))))
        {
            var measure = new Measure(question.Item.Name, MeasureKind.Share, [question.Item.Name], MeasureTest.McNemar, new("", ""), asked, Counts: [], Of: [.. question.Choices.Select(c => c.Value)]);
            var mine = now.ContainsKey(question.Item.Name) ? Read(measure, after) : null;
            var theirs = earlier.ContainsKey(question.Item.Name) ? Read(measure, before!) : null;
            // Who was asked both times is told of by the measures: a few who were asked once could be had as the difference.
            var both = mine is null || theirs is null ? [] : mine.Answers.Select(a => a.Unit).Intersect(theirs.Answers.Select(a => a.Unit)).ToHashSet();
            yield return new(question.Item.Name, asked, question.IsGraded, question.Item.Label ?? [], [.. question.Choices.Select(c => new DistributionChoice(c.Value, c.Label))],
                SpreadOf(theirs, both, question), SpreadOf(mine, both, question));
        }
    }

    /// <summary>Steps of a scale, and what an indicator asks for; not who somebody is.</summary>
    private static Dictionary<string, Question> QuestionsOf(RespondentGroup asked, Side? side, IReadOnlyList<InstrumentDefinition> forms)
    {
        if (side is null) return [];
        var instruments = Values.Asked(asked, side).Select(i => i.Instrument).ToHashSet();
        return forms.Where(f => f.Respondent == asked && instruments.Contains(f.Code))
            .SelectMany(f => f.Placed().Select(p => p.Item).Where(i => i.Type == ItemType.SelectOne).Select(i => QuestionOf(i, f.ScaleNamed(i.Scale))))
            .OfType<Question>().Where(q => q.IsGraded || q.Item.Indicators is { Count: > 0 }).DistinctBy(q => q.Item.Name).ToDictionary(q => q.Item.Name);
    }

    private static Question? QuestionOf(Item item, Scale? scale)
    {
        var choices = scale?.Choices.Where(c => c.Value is not (MissingReasons.DontKnow or MissingReasons.Refused)).ToList();
        if (choices is not { Count: > 0 }) return null;
        var steps = choices.Select(c => int.TryParse(c.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : (int?)null).ToList();
        return steps.Contains(null) ? new(item, false, choices) : new(item, true, [.. choices.Zip(steps).OrderBy(c => c.Second).Select(c => c.First)]);
    }

    private static Counted Read(Measure measure, Side side)
    {
        var answers = new List<(string Unit, string Answer)>();
        var missing = new int[Enum.GetValues<Missing>().Length];
        foreach (var interview in Values.Asked(measure.Asked, side).OrderBy(i => i.Number))
        {
            if (Scores.Of(measure, interview, out var why) is null) missing[(int)why]++;
            else answers.Add((interview.Respondent ?? $"#{interview.Number}", interview.Answers[measure.Items[0]]!));
        }
        return new([.. answers.DistinctBy(a => a.Unit)], missing);
    }

    private static Spread? SpreadOf(Counted? counted, HashSet<string> both, Question question)
    {
        if (counted is null) return null;
        var once = counted.Answers.Count(a => !both.Contains(a.Unit));
        var told = !Suppression.IsFew(both.Count) && both.Count > 0 && Suppression.IsFew(once) ? [.. counted.Answers.Where(a => both.Contains(a.Unit))] : counted.Answers;
        if (Suppression.IsFew(told.Count)) return new(true, null, [], null, []);
        var (byAnswer, missing) = (told.CountBy(a => a.Answer).ToDictionary(), counted.Missing.Sum());
        return new(false, told.Count, Parts(question.Choices.Select(c => (c.Value, byAnswer.GetValueOrDefault(c.Value)))),
            Suppression.IsFew(missing) ? null : missing, Parts(Enum.GetValues<Missing>().Select(m => (m.ToString(), counted.Missing[(int)m]))));
    }

    private static IReadOnlyList<SpreadPart> Parts(IEnumerable<(string Key, int Count)> counts)
    {
        var parts = counts.ToList();
        var (hidden, whole) = (Suppression.Hide([.. parts.Select(p => (p.Key, new[] { p.Count }))]), parts.Sum(p => p.Count));
        return [.. parts.Select((p, i) => hidden[i] ? new SpreadPart(p.Key, null, null) : new(p.Key, p.Count, whole == 0 ? null : Number.Round((double)p.Count / whole)))];
    }

    private sealed record Question(Item Item, bool IsGraded, IReadOnlyList<Choice> Choices);

    private sealed record Counted(IReadOnlyList<(string Unit, string Answer)> Answers, int[] Missing);
}
