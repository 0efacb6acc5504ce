using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Availability;

public static class ReadAvailability
{
    public static async Task<AvailabilityDetails> Handle(Guid id, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.AvailabilityAsync((await db.Volunteers.SeenBy(user).OneAsync(id, cancel)).Id, cancel);

    public static async Task<AvailabilityDetails> Own(VolunteerDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        response.SetETag(volunteer.Version);
        return await db.AvailabilityAsync(volunteer.Id, cancel);
    }

    internal static async Task<AvailabilityDetails> AvailabilityAsync(this VolunteerDb db, Guid volunteerId, CancellationToken cancel)
    {
        var weekly = await db.Set<WeeklySlot>().AsNoTracking().Where(s => s.VolunteerId == volunteerId).OrderBy(s => s.Day).ThenBy(s => s.FromMinute).ToListAsync(cancel);
        var absences = await db.Set<Absence>().AsNoTracking().Where(a => a.VolunteerId == volunteerId).OrderBy(a => a.First).ToListAsync(cancel);
        return new([.. weekly.Select(s => new SlotDetails(s.Day, Time(s.FromMinute), Time(s.ToMinute)))],
            [.. absences.Select(a => new AbsenceDetails(a.First, a.Last))]);
    }

    private static TimeOnly Time(int minutes) => new(minutes / 60 % 24, minutes % 60);
}
