using System.Globalization;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Statistics;

namespace BetterConnections.Evaluation.Results.Engine;

/// <summary>Numbers and reasons as sentences have them.</summary>
internal static class SentenceParts
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}%");

    /// <summary>With spaces that do not break, for a line that ends within it is read wrongly from right to left.</summary>
    public static string P(double p) => p < 0.001 ? "p\u00A0<\u00A00.001" : string.Create(CultureInfo.InvariantCulture, $"p\u00A0=\u00A0{p:0.000}");

    public static bool IsShare(MeasureKind kind) => kind is not (MeasureKind.Median or MeasureKind.Mean);

    public static string Shown(MeasureKind kind, double value) => IsShare(kind) ? Percent(value) : value.ToString("0.##", CultureInfo.InvariantCulture);

    public static Words Range(MeasureKind kind, Estimated estimate) => estimate is { Low.Value: { } low, High.Value: { } high }
        ? new($"95% interval {Shown(kind, low)} to {Shown(kind, high)}", $"فترة ثقة 95% من {Shown(kind, low)} إلى {Shown(kind, high)}")
        : new("no interval can be given", "لا يمكن إعطاء فترة ثقة");

    public static Words Difference(MeasureKind kind, double value, double low, double high)
    {
        const string leftToRight = "\u200E"; // keeps the sign before its number in Arabic
        string Signed(double x) => IsShare(kind) ? (100 * x).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) : x.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture);
        string Ar(double x) => leftToRight + Signed(x);
        return new($"{Signed(value)}{(IsShare(kind) ? " percentage points" : "")} (95% interval {Signed(low)} to {Signed(high)})",
            $"{Ar(value)}{(IsShare(kind) ? " نقطة مئوية" : "")} (فترة ثقة 95% من {Ar(low)} إلى {Ar(high)})");
    }

    public static Words Who(RespondentGroup asked) => asked switch
    {
        RespondentGroup.Champion => new("of the digital champions asked", "من السفراء الرقميين الذين سُئلوا"),
        RespondentGroup.Volunteer => new("of the volunteers asked", "من المتطوعين الذين سُئلوا"),
        RespondentGroup.Employer => new("of the employers asked", "من أصحاب العمل الذين سُئلوا"),
        RespondentGroup.Facility => new("of the facilities visited", "من المراكز التي زيرت"),
        _ => new("of the workers asked", "من العمال الذين سُئلوا"),
    };

    public static Words NoEstimate(string reason, bool needsTwoWaves) => needsTwoWaves
        ? new("This compares two waves; only one was given.", "يقارن هذا بين جولتين ولم تُعطَ سوى واحدة.")
        : reason == nameof(Obstacle.NoObservations)
            ? new("There are no answers to this.", "لا توجد إجابات عن هذا.")
            : new($"This cannot be given: {Reason(reason).En}.", $"لا يمكن إعطاء هذه النتيجة: {Reason(reason).Ar}.");

    public static Words NoTest(string reason, int? matched) => reason == nameof(Obstacle.NoObservations) && matched == 0
        ? new("Nobody was found in both waves, so no change can be told.", "لم يُعثر على أحد في الجولتين، فلا يمكن وصف أي تغير.")
        : new($"No test is given: {Reason(reason).En}.", $"لا يُعطى اختبار: {Reason(reason).Ar}.");

    /// <summary>So few facilities that the test could not have found anything.</summary>
    public static Words OutOfReach(Reach reach, Words family)
    {
        var p = P(reach.LeastAdjusted.Value!.Value);
        return new($"No test can tell: with so few facilities even the greatest change there can be gives no smaller value than {p} ({family.En}); this does not show that nothing changed.",
            $"لا يمكن لأي اختبار أن يحسم الأمر: فمع هذا العدد القليل من المراكز لا يعطي حتى أكبر تغير ممكن قيمة أصغر من {p} ({family.Ar})؛ ولا يثبت ذلك أن شيئًا لم يتغير.");
    }

    /// <summary>What the chances of being drawn make of an estimate; null where there is nothing to say.</summary>
    public static Words? Weights(MeasureKind kind, RespondentGroup asked, Estimated estimate) => estimate switch
    {
        { Weighted: { Value.Value: { } value } weighted } => new($"Weighted by everybody's chance to be drawn it is {Shown(kind, value)} ({Range(kind, weighted).En}).",
            $"وبعد الترجيح باحتمال سحب كل شخص تكون القيمة {Shown(kind, value)} ({Range(kind, weighted).Ar})."),
        { NotWeighted: Estimated.NotAllDrawn } => new("It is not weighted, because not all of those asked had been drawn for the sample.", "لم تُرجَّح النتيجة لأن بعض من سُئلوا لم يُسحبوا في العينة."),
        { NotWeighted: Estimated.NobodyDrawn } when asked == RespondentGroup.Worker => new("Nobody was drawn for it, so it tells of those who were asked.", "لم تُسحب عينة، ولذلك تخص النتيجة من سُئلوا فقط."),
        _ => null,
    };

    private static Words Reason(string reason) => reason switch
    {
        nameof(Obstacle.NoObservations) => new("there are no answers", "لا توجد إجابات"),
        nameof(Obstacle.TooFewObservations) or Number.FewerThanTen => new("fewer than ten people answered", "أجاب أقل من عشرة أشخاص"),
        nameof(Obstacle.OneCluster) => new("all answers come from one facility", "جاءت كل الإجابات من مركز واحد"),
        nameof(Obstacle.TooFewClusters) => new("the answers come from fewer than five facilities", "جاءت الإجابات من أقل من خمسة مراكز"),
        nameof(Obstacle.NoChange) => new("nobody's answer changed, or gains and losses balance in every facility", "لم تتغير إجابة أحد، أو تساوى التحسن والتراجع في كل مركز"),
        nameof(Obstacle.NoVariation) => new("all values are equal", "كل القيم متساوية"),
        nameof(Obstacle.NothingToCompare) => new("there is nothing to compare with", "لا يوجد ما يُقارن به"),
        _ => new("the data do not allow it", "لا تسمح البيانات بذلك"),
    };
}
