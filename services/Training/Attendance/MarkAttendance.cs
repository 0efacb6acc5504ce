using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Attendance;

/// <summary>One scan of a card. Values are judged mark by mark, so that one bad mark does not hold up those sent with it.</summary>
/// <param name="Id">Made by the device; the same mark sent again has the same one.</param>
/// <param name="Card">The code on the card, the address in its QR code, or the learner's id.</param>
/// <param name="Minutes">Minutes attended; otherwise from <paramref name="In"/> to <paramref name="Out"/>; otherwise the whole session.</param>
/// <param name="At">When it was made by the device's clock; without it, when it was sent.</param>
/// <param name="Revision">Greater than that of the person's mark which it corrects.</param>
public sealed record Mark([Required] Guid? Id, [Required] string Card, int? Minutes = null, DateTimeOffset? In = null, DateTimeOffset? Out = null,
    DateTimeOffset? At = null, int Revision = 1);

/// <param name="SentAt">The device's clock as it sends: what it differs from the service's clock is added to the marks' times.</param>
public sealed record MarkBatch([Required] DateTimeOffset? SentAt, [Required, MinLength(1), MaxLength(500)] IReadOnlyList<Mark> Marks);

/// <summary>The answer to one mark; to a mark sent again it is the same.</summary>
/// <param name="Minutes">As taken: at most the session's length.</param>
/// <param name="Guest">A worker of another facility.</param>
public sealed record MarkResult(Guid Id, bool Done, int? Minutes = null, bool Guest = false, string? Code = null, string? Sentence = null);

/// <param name="ClockOffset">Seconds that were added to the device's times.</param>
public sealed record MarkReport(int Done, int Refused, int ClockOffset, IReadOnlyList<MarkResult> Results);

public static class MarkAttendance
{
    /// <summary>Sent as it is made, so its time tells how slow the device's clock is; one that lies ahead of now is the future and refused.</summary>
    public static async Task<MarkResult> One(Guid id, Mark request, TrainingDb db, RecordMarks record, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var report = await RecordAsync(id, new(request.At < now ? request.At : now, [request]), db, record, user, cancel);
        return report.Results[0] is { Code: { } code } refused ? throw new RuleBroken(code, refused.Sentence!) : report.Results[0];
    }

    /// <summary>Many marks, perhaps days late and partly sent before: an answer for each, the good ones taken though others are refused.</summary>
    public static Task<MarkReport> Batch(Guid id, MarkBatch request, TrainingDb db, RecordMarks record, ClaimsPrincipal user, CancellationToken cancel) =>
        RecordAsync(id, request, db, record, user, cancel);

    private static Task<MarkReport> RecordAsync(Guid id, MarkBatch batch, TrainingDb db, RecordMarks record, ClaimsPrincipal user, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            return await record.IntoAsync(session, batch, user.RecordsAs(), cancel);
        }, cancel);

    /// <summary>See <see cref="AttendanceMark.RecordedBy"/>: the trainer's account is erased on request, and who the trainer was stands on the session.</summary>
    internal static string RecordsAs(this ClaimsPrincipal user) => user.RunsAllSessions() ? user.Subject() : "trainer";
}
