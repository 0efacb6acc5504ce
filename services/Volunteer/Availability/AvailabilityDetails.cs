using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Availability;

/// <param name="Day">In the programme's time zone, as the times are.</param>
/// <param name="To"><c>00:00</c> is the end of the day.</param>
public sealed record SlotDetails([property: JsonRequired] DayOfWeek Day, [property: JsonRequired] TimeOnly From, [property: JsonRequired] TimeOnly To)
{
    internal int FromMinute => Minutes(From);
    internal int ToMinute => To == default ? WeeklySlot.MinutesOfDay : Minutes(To);

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;
}

/// <param name="Last">May be the same day as <paramref name="First"/>.</param>
public sealed record AbsenceDetails([property: JsonRequired] DateOnly First, [property: JsonRequired] DateOnly Last);

/// <summary>When a volunteer can come. Who names no time of the week is not taken to be free.</summary>
/// <param name="Weekly">Overlapping times are kept as one.</param>
public sealed record AvailabilityDetails(
    [Required, MaxLength(100)] IReadOnlyList<SlotDetails> Weekly,
    [Required, MaxLength(100)] IReadOnlyList<AbsenceDetails> Absences)
{
    /// <exception cref="BadInput">slot_not_valid, absence_not_valid</exception>
    internal void Check()
    {
        if (Weekly.FirstOrDefault(s => s.ToMinute <= s.FromMinute) is { } slot)
            throw new BadInput("slot_not_valid", $"{slot.Day} {slot.From}–{slot.To} ends before it begins; a time past midnight is given for both days.");
        if (Absences.FirstOrDefault(a => a.Last < a.First) is { } absence)
            throw new BadInput("absence_not_valid", $"An absence ends on {absence.Last} before it begins on {absence.First}.");
    }
}
