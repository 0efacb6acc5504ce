using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Quizzes;

/// <param name="CardCode">Of the worker, as scanned.</param>
public sealed record EnteredQuiz([Required, StringLength(200)] string CardCode, Guid? Id, Guid? ToolkitId, string Module, Dictionary<string, IReadOnlyList<string>> Answers,
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
        var known = await db.LearnersTaughtBy(user, clock.GetUtcNow()).ByCardAsync(request.Attempts.Select(a => a.CardCode), cancel);
        // Of a trainer the id, which says nothing once it is erased; the account would.
        var by = await db.SelfOf(user).Select(l => l.Id.ToString()).SingleOrDefaultAsync(cancel) ?? user.Subject();
        return new(await record.HandleAsync([.. request.Attempts.Select(a => (known.GetValueOrDefault(FindLearners.Read(a.CardCode)), (Answered)a))], by, cancel));
    }
}
