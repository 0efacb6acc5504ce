using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Champions;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Champions;

public class ChampionTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_worker_of_the_facility_is_named_champion_and_it_is_told()
    {
        var facility = await enrollment.FacilityAsync();
        var code = await JoinAsync(facility);

        var champion = await (await facility.AsVolunteerAsync()).PostAsync<ChampionView>(Path(facility), new { worker = code.ToLowerInvariant() });

        var worker = await enrollment.InDbAsync(db => db.Workers.SingleAsync(w => w.Code == code));
        await enrollment.Broker.HeardAsync<ChampionNamed>(e => e.FacilityId == facility.Id && e.WorkerId == worker.Id);
        Assert.Equal(champion, Assert.Single((await facility.AsEmployer().GetAsync<Page<ChampionView>>(Path(facility))).Items));
    }

    [Fact]
    public async Task Only_who_is_at_the_facility_becomes_its_champion_and_only_once_at_a_time()
    {
        var (facility, other) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync());
        var (code, elsewhere, gone) = (await JoinAsync(facility), await JoinAsync(other), await JoinAsync(facility));
        await _office.PostAsync<WorkerView>($"/api/enrollment/workers/{gone}/leave");

        foreach (var worker in new[] { elsewhere, gone, "EMP-UNKNOWN" })
            await _office.PostAsync(Path(facility), new { worker }).RefusesAsync(HttpStatusCode.Conflict, "worker_not_at_facility");
        await _office.PostAsync<ChampionView>(Path(facility), new { worker = code });
        await _office.PostAsync(Path(facility), new { worker = code }).RefusesAsync(HttpStatusCode.Conflict, "champion_already_named");
        await _office.PostAsync(Path(facility), new { worker = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_champion_ends_with_a_reason_and_can_be_named_again()
    {
        var facility = await enrollment.FacilityAsync();
        var code = await JoinAsync(facility);
        var champion = await _office.PostAsync<ChampionView>(Path(facility), new { worker = code });
        var end = $"{Path(facility)}/{champion.Id}/end";

        Assert.Equal("works nights now", (await facility.AsEmployer().PostAsync<ChampionView>(end, new { why = "works nights now" })).EndedWhy);
        await _office.PostAsync(end, new { why = "works nights now" }).RefusesAsync(HttpStatusCode.Conflict, "champion_already_ended");
        await _office.PostAsync($"{Path(facility)}/{Guid.NewGuid()}/end", new { why = "works nights now" }).RefusesAsync(HttpStatusCode.NotFound, "champion_unknown");
        Assert.NotEqual(champion.Id, (await _office.PostAsync<ChampionView>(Path(facility), new { worker = code })).Id);
    }

    [Fact]
    public async Task Another_employers_champions_are_not_there()
    {
        var (mine, others) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync());
        await mine.AsEmployer().GetAsync(Path(others)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await mine.AsEmployer().PostAsync(Path(others), new { worker = await JoinAsync(others) }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await enrollment.As(Roles.Operator).GetAsync(Path(mine)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<string> JoinAsync(FacilityInUse facility) =>
        (await _office.PostAsync<WorkerView>($"/api/enrollment/facilities/{facility.Id}/workers", new { languages = new[] { "hi" } })).Code;

    private static string Path(FacilityInUse facility) => $"/api/enrollment/facilities/{facility.Id}/champions";
}
