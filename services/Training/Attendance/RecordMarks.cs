using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attendance;

/// <summary>Takes marks into a locked session. The caller owns the transaction.</summary>
public sealed class RecordMarks(TrainingDb db, CompleteCourses courses, SessionSettings settings, TimeProvider clock)
{
    /// <summary>Saves, with the courses that it completes. A session that was closed before is published once more when its figures are different now.</summary>
    /// <param name="by">See <see cref="AttendanceMark.RecordedBy"/>.</param>
    /// <exception cref="RuleBroken">session_cancelled, session_not_begun, attendance_too_late</exception>
    public async Task<MarkReport> IntoAsync(Session session, MarkBatch batch, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        RequireAttendance(session, now);
        var learners = await db.Learners.ByCardAsync(batch.Marks.Select(m => m.Card), cancel);
        Guid[] ids = [.. batch.Marks.Select(m => m.Id!.Value)], people = [.. learners.Values.Select(l => l.Id)];
        var known = await db.AttendanceMarks.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var records = await db.AttendanceRecords.Where(r => r.SessionId == session.Id && people.Contains(r.LearnerId)).ToDictionaryAsync(r => r.LearnerId, cancel);

        var judge = new MarkJudge(session, batch.SentAt!.Value, now, settings);
        var (results, changed) = (new List<MarkResult>(batch.Marks.Count), new HashSet<Guid>());
        foreach (var sent in batch.Marks) results.Add(Take(sent));
        await SaveAsync(session, changed, now, cancel);
        return new(results.Count(r => r.Done), results.Count(r => !r.Done), judge.ClockOffset, results);

        MarkResult Take(Mark sent)
        {
            try
            {
                var mark = judge.Judge(sent, learners.GetValueOrDefault(FindLearners.Read(sent.Card)), known.GetValueOrDefault(sent.Id!.Value), by);
                if (known.TryAdd(mark.Id, mark))
                {
                    db.AttendanceMarks.Add(mark);
                    var isFirst = !records.TryGetValue(mark.LearnerId, out var record);
                    if (isFirst) db.AttendanceRecords.Add(records[mark.LearnerId] = AttendanceRecord.From(mark));
                    if (isFirst || record!.Take(mark)) changed.Add(mark.LearnerId);
                }
                return new(mark.Id, true, mark.Minutes, mark.IsGuest);
            }
            catch (Refusal refusal)
            {
                return new(sent.Id!.Value, false, Code: refusal.Code, Sentence: refusal.Message);
            }
        }
    }

    /// <summary>Saves. The next of the person's marks counts instead; without one the person was not there.</summary>
    /// <exception cref="NotThere">mark_unknown</exception>
    /// <exception cref="RuleBroken">mark_already_withdrawn, session_cancelled, attendance_too_late</exception>
    public async Task WithdrawAsync(Session session, Guid id, string why, string by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        RequireAttendance(session, now);
        var mark = await db.AttendanceMarks.SingleOrDefaultAsync(m => m.Id == id && m.SessionId == session.Id, cancel)
            ?? throw new NotThere("mark_unknown", "The session has no such mark.");
        mark.Withdraw(why, by, now);
        if (await db.AttendanceRecords.SingleOrDefaultAsync(r => r.MarkId == id, cancel) is { } record)
        {
            var others = await db.AttendanceMarks.Where(m => m.SessionId == session.Id && m.LearnerId == mark.LearnerId && m.Id != id && m.WithdrawnAt == null).ToListAsync(cancel);
            if (others.MaxBy(m => m.Rank) is { } next) record.FallBackTo(next);
            else db.Remove(record);
        }
        await SaveAsync(session, [mark.LearnerId], now, cancel);
    }

    /// <summary>With what follows from the attendance.</summary>
    private async Task SaveAsync(Session session, IReadOnlyCollection<Guid> changed, DateTimeOffset now, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        if (session.State == SessionState.Delivered)
        {
            var (attended, minutes) = await db.FiguresAsync(session.Id, cancel);
            if (session.Correct(attended, minutes)) db.Publish(session.Delivered(late: true, now));
            await db.SaveChangesAsync(cancel);
        }
        await courses.ForAsync(changed, cancel);
    }

    private void RequireAttendance(Session session, DateTimeOffset now)
    {
        if (session.State == SessionState.Cancelled) throw new RuleBroken("session_cancelled", "The session was called off.");
        if (now < session.Starts.AddMinutes(-settings.EarlyMinutes)) throw new RuleBroken("session_not_begun", "The session has not begun.");
        if (session.State == SessionState.Delivered && now > session.Ends + settings.LateAttendance)
            throw new RuleBroken("attendance_too_late", $"The session is closed; late attendance is taken within {settings.LateAttendanceDays} days.");
    }
}
