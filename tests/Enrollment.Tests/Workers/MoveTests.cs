using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Champions;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Workers;

public class MoveTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_worker_who_moves_is_at_the_new_facility_only_and_it_is_told()
    {
        var from = await enrollment.FacilityAsync();
        var to = await enrollment.FacilityAsync(from.Employer);
        var code = await JoinAsync(from);

        var moved = await from.AsEmployer().PostAsync<WorkerView>($"/api/enrollment/workers/{code}/move", new { facilityId = to.Id });

        Assert.Equal(to.Id, moved.FacilityId);
        Assert.Empty(await CodesAsync(from, left: false));
        Assert.Equal([code], await CodesAsync(to, left: false));
        await enrollment.Broker.HeardAsync<WorkersJoined>(e => e.FacilityId == to.Id && e.Moved && e.Workers.Single().Code == code);
    }

    [Fact]
    public async Task A_worker_who_leaves_is_told_of_and_can_come_back()
    {
        var facility = await enrollment.FacilityAsync();
        var code = await JoinAsync(facility);
        var path = $"/api/enrollment/workers/{code}";

        await _office.PostAsync($"{path}/move", new { facilityId = facility.Id }).RefusesAsync(HttpStatusCode.Conflict, "worker_already_there");
        Assert.NotNull((await facility.AsEmployer().PostAsync<WorkerView>($"{path}/leave")).LeftAt);
        await _office.PostAsync($"{path}/leave", new { }).RefusesAsync(HttpStatusCode.Conflict, "worker_has_left");
        await enrollment.Broker.HeardAsync<WorkerLeft>(e => e.FacilityId == facility.Id);
        Assert.Equal([code], await CodesAsync(facility, left: true));
        Assert.Null((await _office.PostAsync<WorkerView>($"{path}/move", new { facilityId = facility.Id })).LeftAt);
        Assert.Equal([code], await CodesAsync(facility, left: false));
    }

    [Fact]
    public async Task An_employer_moves_nobody_to_anothers_facility_and_nobody_moves_to_a_closed_door()
    {
        var (mine, others, applied) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync(), await enrollment.FacilityAsync(open: false));
        var path = $"/api/enrollment/workers/{await JoinAsync(mine)}/move";

        await mine.AsEmployer().PostAsync(path, new { facilityId = others.Id }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await others.AsEmployer().PostAsync(path, new { facilityId = others.Id }).RefusesAsync(HttpStatusCode.NotFound, "worker_unknown");
        await _office.PostAsync(path, new { facilityId = applied.Id }).RefusesAsync(HttpStatusCode.Conflict, "facility_not_open");
        await _office.PostAsync(path, new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        Assert.Equal(others.Id, (await _office.PostAsync<WorkerView>(path, new { facilityId = others.Id })).FacilityId);
    }

    [Fact]
    public async Task A_champion_who_goes_away_is_champion_there_no_more()
    {
        var facility = await enrollment.FacilityAsync();
        var code = await JoinAsync(facility);
        var champions = $"/api/enrollment/facilities/{facility.Id}/champions";
        await _office.PostAsync<ChampionView>(champions, new { worker = code });

        await _office.PostAsync<WorkerView>($"/api/enrollment/workers/{code}/leave");

        Assert.Empty((await _office.GetAsync<Page<ChampionView>>(champions)).Items);
        Assert.Equal(code, Assert.Single((await _office.GetAsync<Page<ChampionView>>($"{champions}?ended=true")).Items).Worker);
    }

    private async Task<string> JoinAsync(FacilityInUse facility) =>
        (await _office.PostAsync<WorkerView>($"/api/enrollment/facilities/{facility.Id}/workers", new { languages = new[] { "hi" } })).Code;

    private async Task<IEnumerable<string>> CodesAsync(FacilityInUse facility, bool left) =>
        (await _office.GetAsync<Page<WorkerView>>($"/api/enrollment/facilities/{facility.Id}/workers?left={left}")).Items.Select(w => w.Code);
}
