using BetterConnections.Contracts;
using BetterConnections.Training.Sessions;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Trainers;

/// <summary>The trainer is gone: the sessions to come need another.</summary>
public sealed class FreeSessionsWhenAssignmentEnded(TrainingDb db, TimeProvider clock) : IConsumer<AssignmentEnded>
{
    public async Task Consume(ConsumeContext<AssignmentEnded> context)
    {
        var (ended, cancel) = (context.Message, context.CancellationToken);
        if (ended.Role != AssignmentRoles.Trainer) return;

        var assignment = await db.TrainerAssignments.FromSql($"select * from trainer_assignments where id = {ended.AssignmentId} for update").SingleOrDefaultAsync(cancel);
        // Ended before it was heard of: remembered, so that the acceptance which comes late brings nobody back.
        if (assignment is null)
            db.TrainerAssignments.Add(new()
            {
                Id = ended.AssignmentId,
                VolunteerId = ended.VolunteerId,
                FacilityId = ended.FacilityId,
                Starts = ended.At,
                Ends = ended.At,
                EndedAt = ended.At,
            });
        else assignment.EndedAt ??= ended.At;

        var now = clock.GetUtcNow();
        var sessions = await db.Sessions.Where(s => s.AssignmentId == ended.AssignmentId && s.State == SessionState.Planned && s.Starts > now).ToListAsync(cancel);
        foreach (var session in sessions) session.LoseTrainer(now);
    }
}
