using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>From when to when a facility is open on a weekday, on the programme's clocks. Past midnight is another day's.</summary>
public sealed record OpeningTime([property: JsonRequired] DayOfWeek Day, [property: JsonRequired] TimeOnly Opens, [property: JsonRequired] TimeOnly Closes)
{
    /// <summary>In the order of the week, which begins on Sunday.</summary>
    /// <exception cref="BadInput">closes_before_opens, opening_times_overlap</exception>
    public static IReadOnlyList<OpeningTime> Week(IEnumerable<OpeningTime> given)
    {
        OpeningTime[] week = [.. given.OrderBy(t => t.Day).ThenBy(t => t.Opens)];
        if (Array.Find(week, t => t.Closes <= t.Opens) is { } wrong)
            throw new BadInput("closes_before_opens", $"{wrong.Day}: it closes at {wrong.Closes:HH:mm}, before it opens at {wrong.Opens:HH:mm}.");
        if (week.Zip(week.Skip(1)).FirstOrDefault(p => p.First.Day == p.Second.Day && p.Second.Opens < p.First.Closes) is { Second: { } late })
            throw new BadInput("opening_times_overlap", $"{late.Day}: two of the times overlap.");
        return week;
    }
}
