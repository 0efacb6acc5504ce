using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Courses;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Quizzes;

/// <param name="CardCode">Of the worker, as scanned.</param>
public sealed record EnteredQuiz([Required, StringLength(40)] string CardCode, Guid? Id, Guid? ToolkitId, string Module, Dictionary<string, IReadOnlyList<string>> Answers,
    DateTimeOffset? TakenAt = null, int? Version = null) : Answered(Id, ToolkitId, Module, Answers, TakenAt, Version);

public sealed record EnteredQuizzes([Required, Length(1, 500)] IReadOnlyList<EnteredQuiz> Attempts);

public sealed record AttemptResults(IReadOnlyList<AttemptResult> Results);

public static class EnterQuizzes
{
    /// <summary>
    /// What workers answered on site, entered by their trainer, at once or days later. Each attempt is answered by itself; errors are
    /// <c>card_unknown</c>, <c>quiz_unknown</c>, <c>answer_unknown</c>, <c>attempts_exhausted</c>, <c>attempt_id_reused</c>, <c>time_in_future</c>.
    /// </summary>
    public static async Task<AttemptResults> Handle(EnteredQuizzes request, TrainingDb db, RecordAttempts record, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        string[] codes = [.. request.Attempts.Select(a => Code(a.CardCode)).Distinct()];
        var learners = db.LearnersTaughtBy(user, clock.GetUtcNow()).AsNoTracking().Where(l => codes.Contains(l.Code!));
        var known = await learners.ToDictionaryAsync(l => l.Code!, cancel);
        return new(await record.HandleAsync([.. request.Attempts.Select(a => (known.GetValueOrDefault(Code(a.CardCode)), (Answered)a))], user.Subject(), cancel));
    }

    private static string Code(string scanned) => scanned.Trim().ToUpperInvariant();
}
