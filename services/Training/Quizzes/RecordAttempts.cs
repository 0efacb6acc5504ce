using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Xapi;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Quizzes;

/// <param name="Id">Made by the client; the same attempt sent again is recorded once.</param>
/// <param name="Module">The module's slug.</param>
/// <param name="Answers">Letters of the choices by question: <c>{"q1": ["a"], "q2": ["b", "d"]}</c>; a question left out is wrong.</param>
/// <param name="TakenAt">Left out: now.</param>
/// <param name="Version">Of the toolkit, where the questions were those of an earlier one; left out, the one published.</param>
public record Answered([Required] Guid? Id, [Required] Guid? ToolkitId, [Required, StringLength(100)] string Module,
    [Required] Dictionary<string, IReadOnlyList<string>> Answers, DateTimeOffset? TakenAt = null, int? Version = null);

/// <param name="Error">Why it was not recorded, by its code; null where it was.</param>
/// <param name="Wrong">Questions that were not right, so that they can be talked about; not told again when an attempt is repeated.</param>
public sealed record AttemptResult(Guid Id, int? Percent, bool? Passed, IReadOnlyList<string>? Wrong, string? Error, string? Message)
{
    internal static AttemptResult Refused(Guid id, string error, string message) => new(id, null, null, null, error, message);
}

/// <summary>Scores attempts and keeps their results: good ones count, whatever is wrong with others of the same batch.</summary>
public sealed class RecordAttempts(TrainingDb db, CompleteCourses courses, OwnStatements statements, TrainingSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <param name="given">Attempts with who made them; null where the card is not known to the caller.</param>
    public Task<IReadOnlyList<AttemptResult>> HandleAsync(IReadOnlyList<(Learner? Learner, Answered Answered)> given, string by, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            Guid[] learners = [.. given.Select(g => g.Learner?.Id).OfType<Guid>().Distinct()];
            // Two devices with the last attempt of one learner take turns.
            await db.Database.ExecuteSqlAsync($"select 1 from learners where id = any ({learners}) order by id for no key update", cancel);
            var batch = await ReadAsync(given, learners, by, cancel);
            var results = given.Select(g => g.Learner is { } learner ? Take(learner, g.Answered, batch)
                : AttemptResult.Refused(g.Answered.Id!.Value, "card_unknown", "No worker of your facilities has this card.")).ToList();
            await db.SaveChangesAsync(cancel);
            await courses.ForAsync(learners, cancel);
            return (IReadOnlyList<AttemptResult>)results;
        }, cancel);

    private async Task<Batch> ReadAsync(IReadOnlyList<(Learner? Learner, Answered Answered)> given, Guid[] learners, string by, CancellationToken cancel)
    {
        Guid[] toolkits = [.. given.Select(g => g.Answered.ToolkitId!.Value).Distinct()], ids = [.. given.Select(g => g.Answered.Id!.Value)];
        return new(by, clock.GetUtcNow(),
            await db.ToolkitVersions.AsNoTracking().Include(v => v.Toolkit).Include(v => v.Modules)
                .Where(v => toolkits.Contains(v.ToolkitId) && v.State != VersionState.Draft).ToListAsync(cancel),
            await db.QuizAttempts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel),
            await db.QuizAttempts.Where(a => learners.Contains(a.LearnerId) && toolkits.Contains(a.ToolkitId))
                .GroupBy(a => new { a.LearnerId, a.ToolkitId, a.Module }).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => (g.Key.LearnerId, g.Key.ToolkitId, g.Key.Module), g => g.Count, cancel));
    }

    private AttemptResult Take(Learner learner, Answered answered, Batch batch)
    {
        var id = answered.Id!.Value;
        if (batch.Known.TryGetValue(id, out var known))
            return (known.LearnerId, known.ToolkitId, known.Module) == (learner.Id, answered.ToolkitId, answered.Module)
                ? new(id, known.Percent, known.Passed, null, null, null)
                : AttemptResult.Refused(id, "attempt_id_reused", "Another attempt was recorded with this id.");
        var takenAt = answered.TakenAt?.ToUniversalTime() ?? batch.Now;
        if (takenAt > batch.Now + ClockTolerance) return AttemptResult.Refused(id, "time_in_future", "This quiz lies in the future; set the device's clock.");
        var version = batch.Versions.Find(v => v.ToolkitId == answered.ToolkitId && (answered.Version is { } number ? v.Number == number : v.State == VersionState.Published));
        if (version?.Modules.SingleOrDefault(m => m.Slug == answered.Module)?.Quiz is not { } quiz)
            return AttemptResult.Refused(id, "quiz_unknown", "There is no such quiz.");
        var tried = batch.Tried.GetValueOrDefault((learner.Id, version.ToolkitId, answered.Module));
        if (tried >= settings.QuizAttempts)
            return AttemptResult.Refused(id, "attempts_exhausted", $"This quiz can be tried {settings.QuizAttempts} times; the best counts.");
        try
        {
            var score = quiz.Score(answered.Answers);
            batch.Tried[(learner.Id, version.ToolkitId, answered.Module)] = tried + 1;
            Record(learner, version, answered.Module, id, score, takenAt, batch);
            return new(id, score.Percent, score.Passed, score.Wrong, null, null);
        }
        catch (BadInput bad)
        {
            return AttemptResult.Refused(id, bad.Code, bad.Message);
        }
    }

    private void Record(Learner learner, ToolkitVersion version, string module, Guid id, QuizScore score, DateTimeOffset takenAt, Batch batch)
    {
        var attempt = new QuizAttempt
        {
            Id = id,
            LearnerId = learner.Id,
            ToolkitId = version.ToolkitId,
            Module = module,
            ToolkitVersion = version.Number,
            Right = score.Right,
            Questions = score.Questions,
            Percent = score.Percent,
            Passed = score.Passed,
            TakenAt = takenAt,
            RecordedAt = batch.Now,
            RecordedBy = batch.By,
        };
        batch.Known.Add(id, attempt);
        db.AddRange(attempt, statements.Quiz(attempt, version.Toolkit.Code, learner.Code ?? learner.Id.ToString()));
    }

    /// <summary>What was read for one batch, and what it added so far.</summary>
    private sealed record Batch(string By, DateTimeOffset Now, List<ToolkitVersion> Versions, Dictionary<Guid, QuizAttempt> Known, Dictionary<(Guid, Guid, string), int> Tried);
}
