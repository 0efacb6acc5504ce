using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attendance;

/// <param name="Card">The code on a worker's card, or a volunteer's number.</param>
public sealed record AttendanceRow(Guid LearnerId, string? Card, int Minutes, bool Guest, int Revision, DateTimeOffset RecordedAt);

/// <summary>A mark as it came: what counts of them, <see cref="AttendanceRecord"/> says.</summary>
/// <param name="ClockOffset">Seconds that were added to the device's time.</param>
public sealed record MarkRow(Guid Id, Guid LearnerId, string? Card, int Revision, int Minutes, DateTimeOffset DeviceTime, int ClockOffset, bool Guest,
    string RecordedBy, DateTimeOffset ReceivedAt, bool Counts, DateTimeOffset? WithdrawnAt, string? WithdrawnBy, string? WhyWithdrawn)
{
    public static Expression<Func<AttendanceMark, MarkRow>> For(TrainingDb db) => m => new MarkRow(m.Id, m.LearnerId,
        db.Learners.Where(l => l.Id == m.LearnerId).Select(l => l.Code).FirstOrDefault(), m.Revision, m.Minutes, m.DeviceTime, m.ClockOffset, m.IsGuest,
        m.RecordedBy, m.ReceivedAt, db.AttendanceRecords.Any(r => r.MarkId == m.Id), m.WithdrawnAt, m.WithdrawnBy, m.WhyWithdrawn);
}

public sealed record LearnerAttendanceRow(Guid SessionId, string Topic, string Language, Guid? FacilityId, DateTimeOffset Starts, int Minutes, bool Guest);

/// <param name="Sessions">Sessions attended.</param>
public sealed record LearnerMinutesRow(Guid LearnerId, string? Card, int Sessions, int Minutes);

public static class ReadAttendance
{
    public static async Task<Page<AttendanceRow>> OfSession(Guid id, [AsParameters] Paging page, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.SessionsRunBy(user).AsNoTracking().Where(s => s.Id == id).OneAsync(cancel);
        return await db.AttendanceRecords.AsNoTracking().Where(r => r.SessionId == id).PageAsync(r => r.LearnerId, page, r => new AttendanceRow(r.LearnerId,
            db.Learners.Where(l => l.Id == r.LearnerId).Select(l => l.Code).FirstOrDefault(), r.Minutes, r.IsGuest, r.Revision, r.RecordedAt), cancel: cancel);
    }

    public static async Task<Page<MarkRow>> MarksOfSession(Guid id, [AsParameters] Paging page, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.SessionsRunBy(user).AsNoTracking().Where(s => s.Id == id).OneAsync(cancel);
        return await db.AttendanceMarks.AsNoTracking().Where(m => m.SessionId == id).PageAsync(m => m.Id, page, MarkRow.For(db), cancel: cancel);
    }

    internal static Task<MarkRow> MarkAsync(this TrainingDb db, Guid id, CancellationToken cancel) =>
        db.AttendanceMarks.AsNoTracking().Where(m => m.Id == id).Select(MarkRow.For(db)).SingleAsync(cancel);

    /// <summary>The sessions of one learner, by card or id; a volunteer's own to the volunteer.</summary>
    public static async Task<Page<LearnerAttendanceRow>> OfLearner(string learner, [AsParameters] Paging page, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var visible = user.IsInRole(Roles.Volunteer) ? db.SelfOf(user) : db.Learners;
        var id = (await visible.ByCardAsync([learner], cancel)).Values.SingleOrDefault()?.Id ?? throw new NotThere("learner_unknown", "There is no such learner.");
        return await db.AttendanceRecords.AsNoTracking().Where(r => r.LearnerId == id)
            .Join(db.Sessions, r => r.SessionId, s => s.Id, (record, session) => new { record, session })
            .PageAsync(a => a.session.SortKey, page, a => new LearnerAttendanceRow(a.session.Id, a.session.Topic, a.session.Language, a.session.FacilityId,
                a.session.Starts, a.record.Minutes, a.record.IsGuest), descending: true, cancel);
    }

    /// <summary>Minutes of each learner of a facility, for all time.</summary>
    public static Task<Page<LearnerMinutesRow>> OfFacility(Guid id, [AsParameters] Paging page, TrainingDb db, CancellationToken cancel) =>
        db.Learners.AsNoTracking().Where(l => l.FacilityId == id).PageAsync(l => l.Id, page, l => new LearnerMinutesRow(l.Id, l.Code,
            db.AttendanceRecords.Count(r => r.LearnerId == l.Id), db.AttendanceRecords.Where(r => r.LearnerId == l.Id).Sum(r => r.Minutes)), cancel: cancel);
}
