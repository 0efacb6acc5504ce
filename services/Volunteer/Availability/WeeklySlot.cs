namespace BetterConnections.Volunteers.Availability;

/// <summary>A time of the week at which a volunteer can come, in the programme's time zone. A volunteer's slots neither touch nor overlap.</summary>
public sealed class WeeklySlot
{
    public const int MinutesOfDay = 24 * 60;

    public Guid VolunteerId { get; init; }
    public DayOfWeek Day { get; init; }
    /// <summary>Minutes since midnight.</summary>
    public int FromMinute { get; init; }
    /// <summary>Minutes since midnight; 1440 is the day's end.</summary>
    public int ToMinute { get; init; }

    /// <summary>The same times with what touches or overlaps made one, so that a shift is covered when one slot covers it.</summary>
    public static IEnumerable<WeeklySlot> Merge(Guid volunteerId, IEnumerable<SlotDetails> slots)
    {
        foreach (var day in slots.GroupBy(s => s.Day))
        {
            int? from = null;
            var to = 0;
            foreach (var slot in day.OrderBy(s => s.From))
            {
                if (from is { } begun && slot.FromMinute > to)
                {
                    yield return new() { VolunteerId = volunteerId, Day = day.Key, FromMinute = begun, ToMinute = to };
                    from = null;
                }
                from ??= slot.FromMinute;
                to = Math.Max(to, slot.ToMinute);
            }
            yield return new() { VolunteerId = volunteerId, Day = day.Key, FromMinute = from!.Value, ToMinute = to };
        }
    }
}

/// <summary>Days on which a volunteer cannot come, whatever the week says; both days inclusive.</summary>
public sealed class Absence
{
    public Guid Id { get; init; }
    public Guid VolunteerId { get; init; }
    public DateOnly First { get; init; }
    public DateOnly Last { get; init; }
}
