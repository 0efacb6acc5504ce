using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>From when to when a facility is open on a weekday, on the programme's clocks. 00:00 closes it at the end of the day; past midnight is another day's.</summary>
public sealed record OpeningTime([property: JsonRequired] DayOfWeek Day, [property: JsonRequired] TimeOnly Opens, [property: JsonRequired] TimeOnly Closes)
{
    private static readonly TimeSpan Midnight = TimeSpan.FromDays(1);

    private TimeSpan Ends => Closes == default ? Midnight : Closes.ToTimeSpan();

    /// <summary>In the order of the week, which begins on Sunday.</summary>
    /// <exception cref="BadInput">closes_before_opens, opening_times_overlap</exception>
    public static IReadOnlyList<OpeningTime> Week(IEnumerable<OpeningTime> given)
    {
        OpeningTime[] week = [.. given.OrderBy(t => t.Day).ThenBy(t => t.Opens)];
        if (Array.Find(week, t => t.Ends <= t.Opens.ToTimeSpan()) is { } wrong)
            throw new BadInput("closes_before_opens", $"{wrong.Day}: it closes at {wrong.Closes:HH:mm}, before it opens at {wrong.Opens:HH:mm}.");
        if (week.Zip(week.Skip(1)).FirstOrDefault(p => p.First.Day == p.Second.Day && p.Second.Opens.ToTimeSpan() < p.First.Ends) is { Second: { } late })
            throw new BadInput("opening_times_overlap", $"{late.Day}: two of the times overlap.");
        return week;
    }
}
