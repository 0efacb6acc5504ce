using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Refreshers;

/// <summary>One proposal for a topic, facility and wave, however often Evaluation asks.</summary>
public sealed class ProposeRefresherWhenRefresherNeeded(TrainingDb db, TimeProvider clock) : IConsumer<RefresherNeeded>
{
    public async Task Consume(ConsumeContext<RefresherNeeded> context)
    {
        var (needed, cancel) = (context.Message, context.CancellationToken);
        if (await db.RefresherProposals.AnyAsync(p => p.WaveId == needed.WaveId && p.FacilityId == needed.FacilityId && p.Topic == needed.Topic, cancel)) return;
        db.RefresherProposals.Add(new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            WaveId = needed.WaveId,
            FacilityId = needed.FacilityId,
            Topic = needed.Topic,
            Workers = needed.Workers,
            AskedAt = needed.At,
        });
    }
}
