using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>
/// Interviews that a freeze left out, since nobody knows whom they asked or nobody had drawn them, and those that are in because an evaluator
/// accepted them.
/// </summary>
internal static class Cautions
{
    public static IReadOnlyList<Caution> Of(AnalysisInput input)
    {
        IReadOnlyList<Side> sides = input.Before is { } before ? [before, input.After] : [input.After];
        return [.. new[]
        {
            Of("unknown_card_left_out", sides.Sum(s => s.UnknownCards), new("are left out: their card belongs to nobody known to the programme.", "مستبعدة: بطاقاتها لا تعود إلى أحد معروف لدى البرنامج.")),
            Of("not_drawn_left_out", sides.Sum(s => s.NotDrawn), new("are left out: whom they asked had not been drawn for the sample.", "مستبعدة: لم يُسحب أصحابها في العينة.")),
            Of("not_drawn_accepted", sides.Sum(AcceptedNotDrawn), new("of people who had not been drawn for the sample are in, because an evaluator accepted them; so results are not weighted.",
                "لأشخاص لم يُسحبوا في العينة محسوبة لأن مقيّمًا قبلها؛ ولذلك لا تُرجَّح النتائج.")),
        }.OfType<Caution>()];
    }

    private static int AcceptedNotDrawn(Side side)
    {
        var asked = side.Interviews.Where(i => !i.Waiting && i.Group == RespondentGroup.Worker && i.Instrument == side.Instrument && i.Answers.GetValueOrDefault("consent") != "no").ToList();
        return asked.Any(i => i.Probability is not null) ? asked.Count(i => i.Probability is null) : 0;
    }

    private static Caution? Of(string code, int interviews, Words tells) => interviews == 0 ? null
        : Number.Count(interviews) is { Value: not null } told ? new(code, told, new($"{interviews} interviews {tells.En}", $"{interviews} مقابلة {tells.Ar}"))
        : new(code, Number.Count(interviews), new($"Fewer than ten interviews {tells.En}", $"أقل من عشر مقابلات {tells.Ar}"));
}
