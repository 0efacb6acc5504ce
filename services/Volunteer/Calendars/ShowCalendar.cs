using System.Security.Cryptography;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Calendars;

public static class ShowCalendar
{
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Past = TimeSpan.FromDays(365);

    /// <summary>
    /// The shifts of accepted assignments, each an event; one that was freed again stays as cancelled. For calendar programs, which do
    /// not sign in: the token in the address says whose it is. 404 <c>calendar_unknown</c> for a token that never was or no longer is.
    /// </summary>
    public static async Task<IResult> Handle(string token, VolunteerDb db, ProgrammeSettings programme, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var hash = Secret.Hash(token);
        var volunteer = await db.Volunteers.AsNoTracking().SingleOrDefaultAsync(v => db.Set<CalendarKey>().Any(k => k.VolunteerId == v.Id && k.Hash == hash), cancel)
            ?? throw new NotThere("calendar_unknown", "There is no calendar at this address, or no longer.");
        var now = clock.GetUtcNow();
        var since = now - Past;
        var shifts = await (from shift in db.Set<Shift>().AsNoTracking()
                            join assignment in db.Assignments on shift.AssignmentId equals assignment.Id
                            join facility in db.Facilities on assignment.FacilityId equals facility.Id
                            where shift.VolunteerId == volunteer.Id && assignment.AcceptedAt != null && shift.Ends > since
                            orderby shift.Starts, shift.Id
                            select new { shift, assignment.Role, assignment.Sequence, assignment.StateSince, facility }).ToListAsync(cancel);

        var arabic = volunteer.MessageLanguage == "ar";
        var feed = Calendar.Write(programme.Name, shifts.Select(s =>
        {
            var role = Templates.Role(s.Role.Word(), volunteer.MessageLanguage);
            return new CalendarEvent($"{s.shift.Id}@better-connections", s.shift.Starts, s.shift.Ends,
                arabic ? $"{role} في المركز {s.facility.Name}" : $"{char.ToUpperInvariant(role[0])}{role[1..]} at facility {s.facility.Name}",
                s.facility.Zone is { } zone ? $"{s.facility.Name}, {zone}" : s.facility.Name, s.facility.Latitude, s.facility.Longitude,
                Sequence: s.Sequence, IsCancelled: !s.shift.Held, Changed: s.StateSince);
        }), now, Refresh);

        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(feed)))[..32]}\"";
        http.Response.Headers.ETag = etag;
        return http.Request.Headers.IfNoneMatch.Contains(etag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : Calendar.Answer(http.Response, feed);
    }
}
