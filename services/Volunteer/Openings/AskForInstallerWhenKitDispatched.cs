using BetterConnections.Contracts;
using BetterConnections.Volunteers.Facilities;
using MassTransit;

namespace BetterConnections.Volunteers.Openings;

/// <summary>The kit's first shipment; those that bring replacements later ask for nobody.</summary>
public sealed class AskForInstallerWhenKitDispatched(VolunteerDb db, VolunteeringSettings settings) : IConsumer<KitDispatched>
{
    public async Task Consume(ConsumeContext<KitDispatched> context)
    {
        var (kit, cancel) = (context.Message, context.CancellationToken);
        var facility = await db.LockFacilityAsync(kit.FacilityId, cancel);
        if (facility.OpenedAt is not null) return;
        await db.OpenAsync(facility, $"kit:{kit.KitId}", OpenNeeds.Of(AssignmentRole.Installer, facility, settings, kit.At),
            nameof(AskForInstallerWhenKitDispatched), kit.At, cancel);
    }
}
