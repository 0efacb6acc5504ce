using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BetterConnections.Demo;

/// <summary>
/// A simulated worker. Workers of one facility are alike: each facility has a random effect, which moves its shares away from the true one
/// (variance within a facility's shares as with an intraclass correlation of about 0.05) and leaves the mean over facilities where it is.
/// </summary>
/// <param name="facility">In the order of their codes, so that the same facilities give the same answers on every run.</param>
/// <param name="number">Within the facility.</param>
/// <param name="waits">The facility still waits for its computers, so nobody there has seen its room or its lessons.</param>
internal sealed class Respondent(string card, string facilityCode, int facility, int number, bool waits = false)
{
    private const string Seed = "Better Connections 2026";
    private const double ClusterStrength = 0.8, Memory = 0.5, Skips = 0.02, Refuses = 0.03, NotFoundAgain = 0.10;
    private static readonly string[] NoAnswers = ["dont_know", "refused", "none", "nothing"];

    public string Card => card;
    public string FacilityCode => facilityCode;

    public bool IsFoundAgain => Draw("found again") >= NotFoundAgain;

    public bool Agrees(bool after) => Draw($"consent {after}") >= Refuses;

    /// <param name="choices">Empty where something is typed in.</param>
    /// <param name="after">The first session is over.</param>
    public string Answer(string item, IReadOnlyList<string> choices, bool after) => item switch
    {
        "facility" => facilityCode,
        "card" => card,
        "consent" => Agrees(after) ? "yes" : "no",
        _ when choices.Contains("refused") && Draw($"skips {item} {after}") < Skips => Draw($"why {item} {after}") < 0.5 ? "refused" : "dont_know",
        "OT1" or "OT2" or "OT3" or "OT4" or "OT5" => Draw($"{item} {after}") < 0.8 ? "done" : "helped",
        _ when Effect.All.FirstOrDefault(e => e.Items.Contains(item)) is { } effect => Answer(effect, item, after),
        _ => Any(item, [.. choices.Except(NoAnswers)], after),
    };

    private string Answer(Effect effect, string item, bool after)
    {
        if (effect.Kind == EffectKind.Improved) return Text(Level(effect, after));
        var truth = !after ? effect.Before!.Value : waits ? effect.Waiting ?? effect.Before!.Value : effect.After;
        // Half of the people are the same as before, which pairs the answers; the other half are drawn anew.
        var draw = after && effect.Before is not null && Draw($"remembers {effect.Measure}") >= Memory ? Draw($"{effect.Measure} anew") : Draw(effect.Measure);
        if (effect.Kind == EffectKind.Median) return Text((int)truth + (draw < 0.25 - FacilityEffect * 0.1 ? -1 : draw > 0.75 - FacilityEffect * 0.1 ? 1 : 0));
        return Any($"{item} within", draw < Clustered(truth) ? effect.Yes : effect.No, after);
    }

    private int Level(Effect effect, bool after)
    {
        var before = 2 + (int)(Draw($"{effect.Measure} before") * 2);
        if (!after) return before;
        var change = Draw(effect.Measure) < Clustered(effect.After) ? 1 + (int)(Draw($"{effect.Measure} by") * 2) : Draw($"{effect.Measure} worse") < 0.2 ? -1 : 0;
        return before + change;
    }

    /// <summary>Between 0 and 1 for any share, and the share itself in the mean.</summary>
    private double Clustered(double share) => share + ClusterStrength * share * (1 - share) * FacilityEffect;

    /// <summary>Even between −1 and 1.</summary>
    private double FacilityEffect => 2 * Uniform($"{Seed}|{facility}") - 1;

    private string Any(string item, IReadOnlyList<string> choices, bool after) => choices.Count == 0
        ? throw new DemoFailed($"The form asks {item}, to which a simulated worker has no answer.")
        : choices[(int)(Draw($"{item} {after}") * choices.Count)];

    private double Draw(string what) => Uniform($"{Seed}|{facility}|{number}|{what}");

    /// <summary>Of the hash, so that it depends on no order and on no version of .NET.</summary>
    private static double Uniform(string what) => (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(what))) >> 11) * (1.0 / (1UL << 53));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
