using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Wipes;

public class WipeWaiverTests(InventoryApp inventory)
{
    private const string Waivers = "/api/inventory/wipe-waivers";
    private readonly string _subject = $"office-{Guid.NewGuid():n}";

    [Fact]
    public async Task Waivers_are_listed_page_by_page_newest_first_with_who_waived_when_and_why()
    {
        var office = inventory.As(Roles.ProgrammeOffice, subject: _subject);
        var given = new List<WipeWaiverView>();
        foreach (var device in await inventory.TriagedAsync(3))
        {
            var reason = $"only brochures were on {device.Barcode}";
            given.Add(await office.PostAsync<WipeWaiverView>($"/api/inventory/devices/{device.Barcode}/wipe-waiver", new { reason }));
            Assert.Equal((device.Barcode, reason, _subject), (given[^1].Barcode, given[^1].Reason, given[^1].By));
            inventory.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // To the end, because other tests waive too.
        var listed = new List<WipeWaiverView>();
        for (string? more = ""; more is not null;)
        {
            var page = await office.GetAsync<Page<WipeWaiverView>>($"{Waivers}?limit=2{more}");
            Assert.InRange(page.Items.Count, 1, 2);
            listed.AddRange(page.Items);
            more = page.Next is { } next ? $"&after={next}" : null;
        }

        Assert.Equal(given.AsEnumerable().Reverse(), listed.Where(w => w.By == _subject));
        Assert.Equal(listed.Count, listed.DistinctBy(w => w.Id).Count());
    }

    [Fact]
    public async Task Who_may_not_waive_reads_no_waivers_and_a_page_that_cannot_be_is_refused()
    {
        await inventory.Anonymous().GetAsync(Waivers).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var role in Roles.All.Except([Roles.ProgrammeOffice]))
            await inventory.As(role, Guid.NewGuid()).GetAsync(Waivers).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.WithScope("inventory.read").GetAsync(Waivers).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        var office = inventory.As(Roles.ProgrammeOffice);
        await office.GetAsync($"{Waivers}?limit=201").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await office.GetAsync($"{Waivers}?after=nonsense").RefusesAsync(HttpStatusCode.BadRequest, "after_not_valid");
    }
}
