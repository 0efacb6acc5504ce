using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Facilities;

public sealed class EquipFacilityWhenKitDelivered(VolunteerDb db) : IConsumer<KitDelivered>
{
    public async Task Consume(ConsumeContext<KitDelivered> context) =>
        (await db.LockFacilityAsync(context.Message.FacilityId, context.CancellationToken)).Equip(context.Message.Computers);
}
