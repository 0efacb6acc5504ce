using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Partners;

public class PledgeTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);
    private readonly DateOnly _today = new ProgrammeSettings().Today(enrollment.Clock);

    [Fact]
    public async Task What_was_delivered_is_no_longer_outstanding()
    {
        var pledge = await PledgeAsync(15_000, dueInDays: 30, value: 1_250_000.50m);
        Assert.Equal((0, 15_000, false, 1_250_000.50m), (pledge.Delivered, pledge.Outstanding, pledge.Overdue, pledge.Value));

        await DeliverAsync(pledge, 9_000.5m);
        var after = await DeliverAsync(pledge, 7_000);

        Assert.Equal((16_000.5m, 0), (after.Pledge.Delivered, after.Pledge.Outstanding));
        Assert.Equal([9_000.5m, 7_000], after.Deliveries.Select(d => d.Quantity));
        Assert.Equal(after.Pledge, (await _office.GetAsync<PledgeDetail>($"/api/enrollment/pledges/{pledge.Id}")).Pledge);
    }

    [Fact]
    public async Task A_pledge_is_overdue_from_the_day_after_it_was_due_until_all_has_come()
    {
        var late = await PledgeAsync(10, dueInDays: -1);
        var dueToday = await PledgeAsync(10, dueInDays: 0);
        var kept = await PledgeAsync(10, dueInDays: -1);
        await DeliverAsync(kept, 10);
        await DeliverAsync(late, 9.99m);

        foreach (var (pledge, overdue, outstanding) in new[] { (late, true, true), (dueToday, false, true), (kept, false, false) })
        {
            Assert.Equal(overdue, (await ListAsync($"overdue=true&partnerId={pledge.PartnerId}")).Any());
            Assert.Equal(outstanding, (await ListAsync($"outstanding=true&partnerId={pledge.PartnerId}")).Any());
        }
        Assert.True((await ListAsync($"partnerId={late.PartnerId}")).Single().Overdue);
    }

    [Fact]
    public async Task A_delivery_struck_as_mistaken_counts_no_more_and_stays_to_be_seen()
    {
        var pledge = await PledgeAsync(10, dueInDays: 5);
        var delivery = (await DeliverAsync(pledge, 10)).Deliveries.Single();
        var strike = $"/api/enrollment/pledges/{pledge.Id}/deliveries/{delivery.Id}/strike";

        var after = await _office.PostAsync<PledgeDetail>(strike, new { why = "entered for the wrong partner" });

        Assert.Equal((0, 10), (after.Pledge.Delivered, after.Pledge.Outstanding));
        Assert.Equal("entered for the wrong partner", after.Deliveries.Single().StruckWhy);
        await _office.PostAsync(strike, new { why = "once more" }).RefusesAsync(HttpStatusCode.Conflict, "delivery_already_struck");
        var other = await PledgeAsync(10, dueInDays: 5);
        await _office.PostAsync($"/api/enrollment/pledges/{other.Id}/deliveries/{delivery.Id}/strike", new { why = "not this one's" })
            .RefusesAsync(HttpStatusCode.NotFound, "delivery_unknown");
    }

    [Fact]
    public async Task A_delivery_in_the_future_is_refused()
    {
        var pledge = await PledgeAsync(10, dueInDays: 5);
        await _office.PostAsync($"/api/enrollment/pledges/{pledge.Id}/deliveries", new { quantity = 1, deliveredOn = _today.AddDays(1), evidence = "promised" })
            .RefusesAsync(HttpStatusCode.BadRequest, "delivery_in_future");
        await _office.PostAsync($"/api/enrollment/pledges/{pledge.Id}/deliveries", new { quantity = 0, deliveredOn = _today, evidence = "nothing" })
            .RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.PostAsync($"/api/enrollment/pledges/{Guid.NewGuid()}/deliveries", new { quantity = 1, deliveredOn = _today, evidence = "letter" })
            .RefusesAsync(HttpStatusCode.NotFound, "pledge_unknown");
    }

    [Fact]
    public async Task A_pledge_that_was_put_off_is_no_longer_overdue()
    {
        var pledge = await PledgeAsync(10, dueInDays: -3);
        var address = $"/api/enrollment/pledges/{pledge.Id}";
        var etag = (await _office.GetAsync(address)).Headers.ETag!.Tag;
        var change = new { what = pledge.What, quantity = 8, unit = pledge.Unit, dueOn = _today.AddDays(3) };

        Assert.Equal((false, 8), await Changed(await _office.PutAsync(address, change, etag)));
        await _office.PutAsync(address, change, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        await enrollment.As(Roles.Logistics).PutAsync(address, change, etag).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        static async Task<(bool, decimal)> Changed(HttpResponseMessage response)
        {
            var view = await response.ReadAsync<PledgeView>();
            return (view.Overdue, view.Outstanding);
        }
    }

    private async Task<PledgeView> PledgeAsync(decimal quantity, int dueInDays, decimal? value = null)
    {
        var partner = await _office.PostAsync<PartnerView>("/api/enrollment/partners", new { name = $"Partner {Guid.NewGuid():n}", kind = "Licences" });
        return await _office.PostAsync<PledgeView>($"/api/enrollment/partners/{partner.Id}/pledges",
            new { what = "Licence seats", quantity, unit = "seats", dueOn = _today.AddDays(dueInDays), value });
    }

    private Task<PledgeDetail> DeliverAsync(PledgeView pledge, decimal quantity) =>
        _office.PostAsync<PledgeDetail>($"/api/enrollment/pledges/{pledge.Id}/deliveries", new { quantity, deliveredOn = _today, evidence = "receipt 4711" });

    private async Task<IReadOnlyList<PledgeView>> ListAsync(string query) =>
        (await _office.GetAsync<Page<PledgeView>>($"/api/enrollment/pledges?{query}")).Items;
}
