using BetterConnections.Contracts;
using BetterConnections.Training.Learners;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Trainers;

public sealed class AssignTrainerWhenAssignmentAccepted(TrainingDb db) : IConsumer<AssignmentAccepted>
{
    public async Task Consume(ConsumeContext<AssignmentAccepted> context)
    {
        var (accepted, cancel) = (context.Message, context.CancellationToken);
        // Known already: told twice, or ended before this came.
        if (accepted.Role != AssignmentRoles.Trainer || await db.TrainerAssignments.AnyAsync(a => a.Id == accepted.AssignmentId, cancel)) return;

        await db.KnowVolunteerAsync(accepted.VolunteerId, accepted.Account, null, accepted.Languages, cancel);
        db.TrainerAssignments.Add(new()
        {
            Id = accepted.AssignmentId,
            VolunteerId = accepted.VolunteerId,
            FacilityId = accepted.FacilityId,
            Languages = [.. accepted.Languages],
            Topics = [.. accepted.Topics],
            Starts = accepted.Starts,
            Ends = accepted.Ends,
            Shifts = [.. (accepted.Shifts ?? [new(accepted.Starts, accepted.Ends)]).Select(s => new TrainerShift { AssignmentId = accepted.AssignmentId, Starts = s.Starts, Ends = s.Ends })],
        });
    }
}
