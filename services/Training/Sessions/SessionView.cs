using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Sessions;

/// <summary>A session as the API shows it: counts, never people.</summary>
/// <param name="TrainerId">The volunteer; null where the training partner teaches, where nobody does yet, and for employers.</param>
/// <param name="WorkingComputers">At the facility now. Where fewer work than there are seats, so many have a seat as computers work.</param>
/// <param name="Enrolled">Everybody on the roster, also those who wait for a seat.</param>
/// <param name="Attended">People who were there, each once.</param>
/// <param name="PersonMinutes">Their minutes together.</param>
/// <param name="Why">Why it was called off.</param>
public sealed record SessionView(Guid Id, string Topic, Audience Audience, string Language, Guid? FacilityId, string? FacilityCode, string? Zone, string? Venue,
    Guid? TrainerId, DateTimeOffset Starts, DateTimeOffset Ends, int Seats, int? WorkingComputers, SessionState State, string? Why, int Sequence, Guid? SeriesId,
    int Enrolled, int Attended, int PersonMinutes)
{
    public static Expression<Func<Session, SessionView>> For(TrainingDb db, ClaimsPrincipal user)
    {
        var seesTrainer = !user.IsInRole(Roles.Employer);
        return s => new SessionView(s.Id, s.Topic, s.Audience, s.Language, s.FacilityId,
            db.Facilities.Where(f => f.Id == s.FacilityId).Select(f => f.Code).FirstOrDefault(),
            db.Facilities.Where(f => f.Id == s.FacilityId).Select(f => f.Zone).FirstOrDefault(),
            s.Venue, seesTrainer ? s.TrainerId : null, s.Starts, s.Ends, s.Seats,
            db.Facilities.Where(f => f.Id == s.FacilityId).Select(f => (int?)f.WorkingComputers).FirstOrDefault(),
            s.State, s.Why, s.Sequence, s.SeriesId,
            db.RosterEntries.Count(e => e.SessionId == s.Id && e.LeftAt == null),
            db.AttendanceRecords.Count(r => r.SessionId == s.Id),
            db.AttendanceRecords.Where(r => r.SessionId == s.Id).Sum(r => r.Minutes));
    }
}
