using System.Globalization;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Assignments;

/// <summary>One time on site.</summary>
public sealed class Shift
{
    public Guid Id { get; init; }
    public Guid AssignmentId { get; init; }
    /// <summary>The assignment's; here too, because the constraint against two places at one time reads one table.</summary>
    public Guid VolunteerId { get; init; }
    public DateTimeOffset Starts { get; init; }
    public DateTimeOffset Ends { get; init; }
    /// <summary>The assignment is accepted, and this hour was not freed since.</summary>
    public bool Held { get; set; }
}

public sealed record ShiftTime(DateTimeOffset Starts, DateTimeOffset Ends);

public static class Shifts
{
    public const int Most = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    /// <summary>An ISO 8601 interval, <c>2026-12-04T15:00Z/2026-12-04T17:00Z</c>.</summary>
    /// <exception cref="BadInput">shifts_not_valid</exception>
    public static ShiftTime Read(string interval) =>
        interval.Split('/') is [var starts, var ends] && TryRead(starts, out var from) && TryRead(ends, out var to) ? new(from, to)
            : throw Bad($"'{interval}' is no shift: write 2026-12-04T15:00Z/2026-12-04T17:00Z.");

    /// <summary>The shifts in order.</summary>
    /// <exception cref="BadInput">shifts_not_valid: none or too many, backwards, too long, overlapping, over already, or outside the opening's period.</exception>
    public static IReadOnlyList<ShiftTime> Check(IReadOnlyList<ShiftTime> given, Opening opening, DateTimeOffset now)
    {
        if (given.Count is 0 or > Most) throw Bad($"Give 1 to {Most} shifts.");
        var shifts = given.Select(s => new ShiftTime(s.Starts.ToUniversalTime(), s.Ends.ToUniversalTime())).OrderBy(s => s.Starts).ToList();
        for (var i = 0; i < shifts.Count; i++)
        {
            var (starts, ends) = shifts[i];
            if (ends <= starts || ends - starts > Longest) throw Bad($"The shift of {starts:u} has to last up to {Longest.TotalHours:0} hours.");
            if (i > 0 && starts < shifts[i - 1].Ends) throw Bad($"The shift of {starts:u} overlaps the one before it.");
            if (ends <= now) throw Bad($"The shift of {starts:u} is over already.");
            if (starts < opening.Starts || ends > opening.Ends) throw Bad($"The shift of {starts:u} is outside the opening's time, {opening.Starts:u} to {opening.Ends:u}.");
        }
        return shifts;
    }

    private static bool TryRead(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static BadInput Bad(string sentence) => new("shifts_not_valid", sentence);
}
