using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

public class GatewayJourneyTests(WholeSystem system)
{
    [Fact]
    public async Task Without_a_token_nothing_is_shown()
    {
        using var stranger = system.Stranger();
        await stranger.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await stranger.GetAsync("/api/enrollment/facilities").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Another_employers_facility_is_not_there()
    {
        var (owner, other) = (await system.Staff.ApprovedEmployerAsync(), await system.Staff.ApprovedEmployerAsync());
        var facility = await owner.ApplyAsync(await owner.AddSiteAsync("Own camp", facilities: 1));

        Assert.Equal(facility.Id, (await owner.FacilityAsync(facility.Id)).Id);
        var answer = await other.TryGetAsync($"/api/enrollment/facilities/{facility.Id}");

        Assert.Equal((HttpStatusCode.NotFound, "facility_unknown"), (answer.Status, answer.Code));
        Assert.DoesNotContain(facility.Code, answer.Body);
    }

    [Fact]
    public async Task A_client_over_its_limit_is_told_to_wait_while_another_goes_on()
    {
        using var hasty = await SignedInAsync(await system.Staff.HireAsync(Roles.Logistics));
        using var calm = await SignedInAsync(await system.Staff.HireAsync(Roles.Logistics));

        var answers = new List<HttpResponseMessage>();
        while (answers.TrueForAll(a => a.StatusCode != HttpStatusCode.TooManyRequests))
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => hasty.GetAsync("/api/inventory/devices?limit=1"))));

        // What is within the limit is served: no burst that is allowed overwhelms a service.
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(a => a.StatusCode).Distinct().Order());
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        await Task.FromResult(refused).RefusesAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.Equal(HttpStatusCode.OK, (await calm.GetAsync("/api/inventory/devices?limit=1")).StatusCode);
    }

    [Fact]
    public async Task A_replayed_key_gives_the_first_answer_and_has_no_second_effect()
    {
        var warehouse = await system.Staff.WarehouseAsync();
        var (key, serial) = (Guid.NewGuid().ToString(), $"REPLAYED{Guid.NewGuid():n}");

        var first = await warehouse.TryPostAsync("/api/inventory/devices", new { kind = "Desktop", serial }, key);
        var second = await warehouse.TryPostAsync("/api/inventory/devices", new { kind = "Desktop", serial }, key);
        var other = await warehouse.TryPostAsync("/api/inventory/devices", new { kind = "Laptop", serial = serial + "2" }, key);

        Assert.Equal((first.Status, first.Body), (second.Status, second.Body));
        Assert.Equal((false, true), (first.IsReplay, second.IsReplay));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.Equal(1, await system.Books.OneAsync<long>("inventory", $"select count(*) from devices where serial in ('{serial.ToUpperInvariant()}', '{serial.ToUpperInvariant()}2')"));
    }

    private async Task<HttpClient> SignedInAsync(Person person)
    {
        var client = system.Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await person.TokenAsync());
        return client;
    }
}
