using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

/// <summary>A survey wave wants somebody at each of its facilities while it is open.</summary>
public sealed class AskForMonitorsWhenWaveOpened(VolunteerDb db, VolunteeringSettings settings) : IConsumer<WaveOpened>
{
    public async Task Consume(ConsumeContext<WaveOpened> context)
    {
        var (wave, cancel) = (context.Message, context.CancellationToken);
        if (wave.Closes <= wave.Opens) return;
        foreach (var id in wave.Facilities.Order()) // one order for all, so that two consumers do not wait for each other
        {
            var facility = await db.LockFacilityAsync(id, cancel);
            var wanted = OpenNeeds.Of(AssignmentRole.Monitor, facility, settings, wave.Opens) with { Ends = wave.Closes };
            await db.OpenAsync(facility, $"wave:{wave.WaveId}", wanted, nameof(AskForMonitorsWhenWaveOpened), wave.At, cancel);
        }
    }
}
