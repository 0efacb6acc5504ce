using System.Globalization;

namespace BetterConnections.Evaluation.Waves;

/// <summary>January to June (1) or July to December (2); written <c>2026H2</c>.</summary>
public readonly record struct HalfYear(int Year, int Half)
{
    public static HalfYear Of(DateOnly day) => new(day.Year, day.Month <= 6 ? 1 : 2);

    public DateOnly First => new(Year, Half == 1 ? 1 : 7, 1);

    public DateOnly Last => First.AddMonths(6).AddDays(-1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}H{Half}");
}
