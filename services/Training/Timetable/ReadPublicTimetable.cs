using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Timetable;

/// <summary>What hangs at the door: what, when, in which language; not who teaches, nor who comes.</summary>
public sealed record TimetableRow(string Topic, Audience Audience, string Language, DateTimeOffset Starts, DateTimeOffset Ends, int Seats, bool Cancelled);

/// <param name="Facility">Its code, F0001.</param>
public sealed record TimetableFilter([property: Required, StringLength(20)] string Facility, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadPublicTimetable
{
    /// <summary>Sessions to come and those of the day that are not over; what was called off is shown as such, since people may be on their way.</summary>
    public static async Task<Page<TimetableRow>> Handle([AsParameters] TimetableFilter filter, TrainingDb db, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var code = filter.Facility.Trim().ToUpperInvariant();
        var facility = await db.Facilities.AsNoTracking().Where(f => f.Code == code && f.State != FacilityState.Closed).Select(f => (Guid?)f.Id).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("facility_unknown", "There is no such facility.");
        var now = clock.GetUtcNow();
        response.Headers.CacheControl = "public, max-age=60";
        return await db.Sessions.AsNoTracking().BeginningFrom(now - Session.Longest)
            .Where(s => s.FacilityId == facility && s.Ends > now && (s.State == SessionState.Planned || s.State == SessionState.Cancelled))
            .PageAsync(s => s.SortKey, filter, s => new TimetableRow(s.Topic, s.Audience, s.Language, s.Starts, s.Ends, s.Seats, s.State == SessionState.Cancelled), cancel: cancel);
    }
}
