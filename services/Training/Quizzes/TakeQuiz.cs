using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;

namespace BetterConnections.Training.Quizzes;

public static class TakeQuiz
{
    /// <summary>A volunteer's own attempt, as in a train-the-trainer course. Refused with the code that a batch gives for one attempt.</summary>
    public static async Task<AttemptResult> Handle(Answered request, TrainingDb db, RecordAttempts record, ClaimsPrincipal user, CancellationToken cancel)
    {
        var learner = await db.VolunteerAsync(user, cancel);
        var result = (await record.HandleAsync([(learner, request)], learner.Id.ToString(), cancel))[0];
        return result.Error is null ? result : throw new RuleBroken(result.Error, result.Message!);
    }
}
