using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Learners;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <summary>Whose a session is, asked in the WHERE clause: what is not the caller's is not there.</summary>
internal static class VisibleSessions
{
    private static readonly string[] SeeAll = [Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Evaluator];

    /// <summary>Those who see every session and facility of the training, though not who is on a roster.</summary>
    public static bool SeesAllSessions(this ClaimsPrincipal user) =>
        SeeAll.Any(user.IsInRole) || user.HasScope("training.read") || user.HasScope("training.write");

    /// <summary>Those who work on every session: the training partner and its systems.</summary>
    public static bool RunsAllSessions(this ClaimsPrincipal user) => user.IsInRole(Roles.TrainingPartner) || user.HasScope("training.write");

    /// <summary>A volunteer sees what it teaches and where it is on the roster, an employer what is at its facilities.</summary>
    public static IQueryable<Session> SessionsVisibleTo(this TrainingDb db, ClaimsPrincipal user)
    {
        var sessions = db.Sessions.AsNoTracking();
        if (user.SeesAllSessions()) return sessions;
        if (user.IsInRole(Roles.Volunteer))
        {
            var self = db.SelfOf(user);
            return sessions.Where(s => self.Any(l => l.Id == s.TrainerId)
                || db.RosterEntries.Any(e => e.SessionId == s.Id && e.LeftAt == null && self.Any(l => l.Id == e.LearnerId)));
        }
        var facilities = db.FacilitiesVisibleTo(user);
        return sessions.Where(s => facilities.Any(f => f.Id == s.FacilityId));
    }

    /// <summary>Whose roster and attendance the caller keeps: the trainer's own, the training partner's all.</summary>
    public static IQueryable<Session> SessionsRunBy(this TrainingDb db, ClaimsPrincipal user)
    {
        if (user.RunsAllSessions()) return db.Sessions;
        var self = db.SelfOf(user);
        return db.Sessions.Where(s => self.Any(l => l.Id == s.TrainerId));
    }

    /// <summary>An employer sees its own facilities, a volunteer those where it teaches.</summary>
    public static IQueryable<Facility> FacilitiesVisibleTo(this TrainingDb db, ClaimsPrincipal user)
    {
        var facilities = db.Facilities.AsNoTracking();
        if (user.SeesAllSessions()) return facilities;
        if (user.IsInRole(Roles.Volunteer))
        {
            var self = db.SelfOf(user);
            return facilities.Where(f => db.TrainerAssignments.Any(a => a.FacilityId == f.Id && a.EndedAt == null && self.Any(l => l.Id == a.VolunteerId)));
        }
        var own = user.RequiredOrganisation();
        return facilities.Where(f => f.EmployerId == own);
    }

    /// <summary>The volunteer that the caller's account acts for.</summary>
    public static IQueryable<Learner> SelfOf(this TrainingDb db, ClaimsPrincipal user)
    {
        var account = user.Subject();
        return db.Learners.Where(l => l.Account == account);
    }

    public static async Task<T> OneAsync<T>(this IQueryable<T> sessions, CancellationToken cancel) where T : class =>
        await sessions.SingleOrDefaultAsync(cancel) ?? throw new NotThere("session_unknown", "There is no such session.");

    /// <summary>The session, locked until the transaction ends: one at a time changes its roster, attendance and state.</summary>
    public static async Task<Session> LockSessionAsync(this TrainingDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!await db.SessionsRunBy(user).AnyAsync(s => s.Id == id, cancel)) throw new NotThere("session_unknown", "There is no such session.");
        return await db.Sessions.FromSql($"select *, xmin from sessions where id = {id} for update").SingleAsync(cancel);
    }
}
