using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Calendars;

/// <param name="Url">To subscribe to. Whoever has it sees the calendar; it is shown this once.</param>
public sealed record CalendarAddress(string Url);

public static class IssueCalendarKey
{
    /// <summary>A new address for the caller's calendar; the one before opens nothing any more.</summary>
    public static Task<CalendarAddress> Handle(VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        var token = Secret.Create();
        await db.Database.ExecuteSqlAsync($"""
            insert into calendar_keys (volunteer_id, hash, created_at) values ({volunteer.Id}, {Secret.Hash(token)}, {clock.GetUtcNow()})
            on conflict (volunteer_id) do update set hash = excluded.hash, created_at = excluded.created_at
            """, cancel);
        http.Response.Headers.CacheControl = "no-store"; // a secret: nothing on the way keeps it, nor do the stored answers
        return new CalendarAddress($"{programme.PublicAddress(http.Request)}/api/volunteer/public/calendar/key/{token}/assignments.ics");
    }, cancel);

    public static async Task<NoContent> Revoke(VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        await db.Set<CalendarKey>().Where(k => k.VolunteerId == volunteer.Id).ExecuteDeleteAsync(cancel);
        return TypedResults.NoContent();
    }
}
