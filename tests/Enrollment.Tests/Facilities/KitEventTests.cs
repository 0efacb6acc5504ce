using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class KitEventTests(EnrollmentApp app)
{
    private readonly Guid _kit = Guid.NewGuid();
    private DateTimeOffset Now => app.Clock.GetUtcNow();

    [Fact]
    public async Task Inventorys_word_of_the_kit_moves_the_facility_each_once_though_delivered_twice()
    {
        var id = await app.FacilityInAsync(FacilityState.SpaceReady);

        await app.DeliverAsync(new KitReserved(_kit, id, 10, 1, Now), times: 2);
        Assert.Equal((FacilityState.KitReserved, _kit), await StateAsync(id));
        await app.DeliverAsync(new KitDispatched(_kit, id, Guid.NewGuid(), Now), times: 2);
        Assert.Equal((FacilityState.KitInTransit, _kit), await StateAsync(id));
        await app.DeliverAsync(new KitDelivered(_kit, id, 10, 1, Now), times: 2);
        Assert.Equal((FacilityState.KitDelivered, _kit), await StateAsync(id));

        var history = await app.InDbAsync(db => db.FacilityEvents.Where(e => e.FacilityId == id).OrderBy(e => e.Seq).Select(e => e.By).ToListAsync());
        Assert.Equal([nameof(MarkKitReservedWhenKitReserved), nameof(MarkKitInTransitWhenKitDispatched), nameof(MarkKitDeliveredWhenKitDelivered)], history.TakeLast(3));
    }

    [Fact]
    public async Task In_any_order_the_facility_ends_where_the_furthest_event_says()
    {
        foreach (var order in new[] { "rdx", "rxd", "drx", "dxr", "xrd", "xdr" })
        {
            var id = await app.FacilityInAsync(FacilityState.SpaceReady);
            foreach (var sign in order)
                await (sign switch
                {
                    'r' => app.DeliverAsync(new KitReserved(_kit, id, 10, 1, Now)),
                    'd' => app.DeliverAsync(new KitDispatched(_kit, id, Guid.NewGuid(), Now)),
                    _ => app.DeliverAsync(new KitDelivered(_kit, id, 10, 1, Now)),
                });
            Assert.Equal((FacilityState.KitDelivered, _kit), await StateAsync(id));
        }
    }

    [Fact]
    public async Task All_at_once_they_still_end_there()
    {
        var id = await app.FacilityInAsync(FacilityState.SpaceReady);

        await Task.WhenAll(
            app.DeliverAsync(new KitBackordered(id, 3, 0, "short of 3 computers", Now)),
            app.DeliverAsync(new KitReserved(_kit, id, 10, 1, Now)),
            app.DeliverAsync(new KitDispatched(_kit, id, Guid.NewGuid(), Now)),
            app.DeliverAsync(new KitDelivered(_kit, id, 10, 1, Now)));

        Assert.Equal((FacilityState.KitDelivered, _kit), await StateAsync(id));
    }

    [Fact]
    public async Task A_withdrawn_facility_stays_withdrawn()
    {
        var id = await app.FacilityInAsync(FacilityState.Withdrawn);

        await app.DeliverAsync(new KitBackordered(id, 3, 0, "short of 3 computers", Now));
        await app.DeliverAsync(new KitReserved(_kit, id, 10, 1, Now));
        await app.DeliverAsync(new KitDelivered(_kit, id, 10, 1, Now));

        Assert.Equal((FacilityState.Withdrawn, null), await StateAsync(id));
        Assert.Null((await app.Office().GetAsync<FacilityView>($"/api/enrollment/facilities/{id}")).WaitingReason);
    }

    [Fact]
    public async Task Short_stock_is_shown_until_the_kit_is_reserved()
    {
        var id = await app.FacilityInAsync(FacilityState.SpaceReady);

        await app.DeliverAsync(new KitBackordered(id, 3, 0, "short of 3 computers", Now), times: 2);
        Assert.Equal("short of 3 computers", (await app.Office().GetAsync<FacilityView>($"/api/enrollment/facilities/{id}")).WaitingReason);
        Assert.Equal(1, await app.InDbAsync(db => db.FacilityEvents.CountAsync(e => e.FacilityId == id && e.Why == "short of 3 computers")));

        await app.DeliverAsync(new KitReserved(_kit, id, 10, 1, Now));
        await app.DeliverAsync(new KitBackordered(id, 1, 0, "late word", Now));
        Assert.Null((await app.Office().GetAsync<FacilityView>($"/api/enrollment/facilities/{id}")).WaitingReason);
    }

    [Fact]
    public async Task The_day_of_delivery_is_the_one_said_last_whichever_word_arrives_last()
    {
        var id = await app.FacilityInAsync(FacilityState.KitReserved);
        var (first, second) = (new DeliveryPlanned(_kit, id, new(2026, 12, 1), Now), new DeliveryPlanned(_kit, id, new(2026, 12, 3), Now.AddMinutes(5)));

        await app.DeliverAsync(second, times: 2);
        await app.DeliverAsync(first);

        Assert.Equal(new(2026, 12, 3), (await app.Office().GetAsync<FacilityView>($"/api/enrollment/facilities/{id}")).DeliveryOn);
        Assert.Equal(1, await app.InDbAsync(db => db.FacilityEvents.CountAsync(e => e.FacilityId == id && e.Why == "delivery planned for 2026-12-03")));
    }

    private async Task<(FacilityState, Guid?)> StateAsync(Guid id)
    {
        var facility = await app.Office().GetAsync<FacilityView>($"/api/enrollment/facilities/{id}");
        return (facility.State, facility.KitId);
    }
}
