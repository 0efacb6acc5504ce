using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

/// <summary>One trainer for the topic that workers have not mastered.</summary>
public sealed class AskForTrainerWhenRefresherNeeded(VolunteerDb db, VolunteeringSettings settings) : IConsumer<RefresherNeeded>
{
    public async Task Consume(ConsumeContext<RefresherNeeded> context)
    {
        var (needed, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(needed.FacilityId, cancel);
        var wanted = OpenNeeds.Of(AssignmentRole.Trainer, facility, settings, needed.At) with { Topics = [needed.Topic] };
        await db.OpenAsync(facility, $"refresher:{needed.WaveId}:{needed.Topic}", wanted, nameof(AskForTrainerWhenRefresherNeeded), needed.At, cancel);
    }
}
