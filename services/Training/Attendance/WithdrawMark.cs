using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Attendance;

public static class WithdrawMark
{
    /// <summary>
    /// A wrong card was scanned, or the minutes are wrong: the mark stays in the history and counts no more. As long as attendance is taken; a course
    /// that it completed stays completed, its certificate is revoked by the training partner. 409 <c>mark_already_withdrawn</c>, <c>attendance_too_late</c>.
    /// </summary>
    public static Task<MarkRow> Handle(Guid id, Guid mark, Reason reason, TrainingDb db, RecordMarks record, ClaimsPrincipal user, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            await record.WithdrawAsync(session, mark, reason.Why.Trim(), user.RecordsAs(), cancel);
            return await db.MarkAsync(mark, cancel);
        }, cancel);
}
