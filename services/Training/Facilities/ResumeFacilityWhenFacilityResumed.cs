using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Training.Facilities;

/// <summary>Sessions may be planned again; those that were called off stay so, for their people were told.</summary>
public sealed class ResumeFacilityWhenFacilityResumed(TrainingDb db) : IConsumer<FacilityResumed>
{
    public async Task Consume(ConsumeContext<FacilityResumed> context) =>
        (await db.LockFacilityAsync(context.Message.FacilityId, context.CancellationToken)).Resume(context.Message.At);
}
