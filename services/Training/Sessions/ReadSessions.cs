using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <param name="From">Sessions that begin at this time or later.</param>
/// <param name="To">Sessions that begin before this time.</param>
public sealed record SessionFilter(Guid? FacilityId = null, string? Zone = null, Guid? TrainerId = null, Guid? SeriesId = null, string? Topic = null,
    Audience? Audience = null, SessionState? State = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? After = null, int Limit = 50)
    : Paging(After, Limit);

public static class ReadSessions
{
    public static async Task<SessionView> One(Guid id, TrainingDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var version = await db.SessionsVisibleTo(user).Where(s => s.Id == id).Select(s => new { s.Version }).OneAsync(cancel);
        response.SetETag(version.Version);
        return await db.Sessions.ViewAsync(id, db, user, cancel);
    }

    /// <summary>The timetable: in the order in which sessions begin.</summary>
    public static async Task<Page<SessionView>> List([AsParameters] SessionFilter filter, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var sessions = db.SessionsVisibleTo(user);
        if (filter.FacilityId is { } facility) sessions = sessions.Where(s => s.FacilityId == facility);
        if (filter.Zone is { } zone) sessions = sessions.Where(s => db.Facilities.Any(f => f.Id == s.FacilityId && f.Zone == zone));
        if (filter.TrainerId is { } trainer) sessions = sessions.Where(s => s.TrainerId == trainer);
        if (filter.SeriesId is { } series) sessions = sessions.Where(s => s.SeriesId == series);
        if (filter.Topic is { } topic) sessions = sessions.Where(s => s.Topic == topic);
        if (filter.Audience is { } audience) sessions = sessions.Where(s => s.Audience == audience);
        if (filter.State is { } state) sessions = sessions.Where(s => s.State == state);
        if (filter.From is { } from) sessions = sessions.BeginningFrom(from);
        if (filter.To is { } to) sessions = sessions.Where(s => s.Starts < to.ToUniversalTime());
        return await sessions.PageAsync(s => s.SortKey, filter, SessionView.For(db, user), cancel: cancel);
    }

    /// <summary>By the sort key as well, so that the index is entered where the time is.</summary>
    internal static IQueryable<Session> BeginningFrom(this IQueryable<Session> sessions, DateTimeOffset from)
    {
        var (time, key) = (from.ToUniversalTime(), $"{from.UtcDateTime:yyyyMMddHHmm}");
        return sessions.Where(s => s.Starts >= time && string.Compare(s.SortKey, key) >= 0);
    }

    internal static Task<SessionView> ViewAsync(this IQueryable<Session> sessions, Guid id, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        sessions.AsNoTracking().Where(s => s.Id == id).Select(SessionView.For(db, user)).SingleAsync(cancel);
}
