using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class OpeningTests(FreshEnrollmentApp app) : IClassFixture<FreshEnrollmentApp>
{
    [Fact]
    public async Task Fifty_openings_at_once_some_refused_give_numbers_without_gaps_or_doubles()
    {
        var office = app.Office();
        var ready = await app.FacilitiesInAsync(FacilityState.KitDelivered, 35);
        var early = await app.FacilitiesInAsync(FacilityState.KitInTransit, 10);
        var asked = ready.Concat(early).Concat(ready.Take(5)).ToArray(); // five are asked for twice
        Random.Shared.Shuffle(asked);

        var answers = await Task.WhenAll(asked.Select(id => office.PostAsync($"/api/enrollment/facilities/{id}/open", new { })));

        Assert.Equal(50, answers.Length);
        Assert.Equal(35, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK))
            await Task.FromResult(refused).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        var opened = await Task.WhenAll(answers.Where(a => a.StatusCode == HttpStatusCode.OK).Select(a => a.ReadAsync<FacilityView>()));
        Assert.Equal(Enumerable.Range(1, 35), opened.Select(f => f.OpeningNumber!.Value).Order());

        var heard = await app.Broker.HeardAsync<FacilityOpened>(_ => true, 35);
        Assert.Equal(opened.Select(f => (f.Id, f.OpeningNumber!.Value)).Order(), heard.Select(h => (h.Event.FacilityId, h.Event.OpeningNumber)).Order());
    }

    [Fact]
    public async Task Only_the_programme_office_opens()
    {
        var id = await app.FacilityInAsync(FacilityState.KitInTransit);
        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync($"/api/enrollment/facilities/{id}/open", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.Office().PostAsync($"/api/enrollment/facilities/{Guid.NewGuid()}/open", new { }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await app.Office().PostAsync($"/api/enrollment/facilities/not-an-id/open", new { }).RefusesAsync(HttpStatusCode.NotFound, "not_found");
    }
}
