using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Timetable;

public static class ReadCalendar
{
    /// <summary>Far more than a trainer or a room has between the days shown back and whenever plans end.</summary>
    private const int MostEvents = 2000;

    /// <summary>The feed itself (text/calendar). Its address is its key; one that is revoked, or never was, answers 404.</summary>
    public static async Task<ContentHttpResult> Handle(string token, TrainingDb db, SessionSettings settings, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var hash = Secret.Hash(token);
        var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.TokenHash == hash, cancel)
            ?? throw new NotThere("calendar_unknown", "There is no such calendar; it may have been revoked.");
        var (now, from) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(-settings.CalendarDaysBack));
        var sessions = await db.Sessions.AsNoTracking().BeginningFrom(from)
            .Where(s => feed.TrainerId != null ? s.TrainerId == feed.TrainerId : s.FacilityId == feed.FacilityId)
            .OrderBy(s => s.SortKey).Take(MostEvents)
            .Select(s => new { Session = s, Facility = db.Facilities.SingleOrDefault(f => f.Id == s.FacilityId) }).ToListAsync(cancel);

        return Calendar.Answer(response, Calendar.Write("Better Connections", sessions.Select(s => new CalendarEvent(
            $"session-{s.Session.Id}@better-connections", s.Session.Starts, s.Session.Ends, $"{s.Session.Topic} ({s.Session.Language})",
            s.Facility is { } facility ? $"{facility.Code}, {facility.Zone}" : s.Session.Venue, s.Facility?.Latitude, s.Facility?.Longitude, s.Session.Why,
            s.Session.Sequence, s.Session.State == SessionState.Cancelled, s.Session.ChangedAt)), now, TimeSpan.FromMinutes(settings.CalendarRefreshMinutes)));
    }
}
