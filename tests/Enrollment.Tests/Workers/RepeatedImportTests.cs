using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using static BetterConnections.Enrollment.Tests.Workers.ImportSteps;

namespace BetterConnections.Enrollment.Tests.Workers;

public class RepeatedImportTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_file_without_codes_is_recognised_and_changes_nothing_the_second_time()
    {
        var facility = await enrollment.FacilityAsync();
        var file = "languages\n" + string.Concat(Enumerable.Repeat("ne\n", 700)) + "xx\n";

        var first = await _office.ImportAsync(facility.ImportPath(), file);
        var second = await facility.AsEmployer().ImportAsync(facility.ImportPath(), file);

        Assert.Equal((700, 1, false), (first.Accepted, first.Refused, first.ImportedBefore));
        Assert.Equal((first.Id, 700, 1, true), (second.Id, second.Accepted, second.Refused, second.ImportedBefore));
        Assert.Equal(700, await CountAsync(facility));
        var events = await enrollment.Broker.HeardAsync<WorkersJoined>(e => e.FacilityId == facility.Id, 2);
        Assert.Equal([200, 500], events.Select(e => e.Event.Workers.Count).Order());
        Assert.All(events.SelectMany(e => e.Event.Workers), w => Assert.Matches("^W-[0-9]{6,}-[0-9A-Z]$", w.Code));
    }

    [Fact]
    public async Task The_same_file_sent_twice_at_once_is_taken_once()
    {
        var facility = await enrollment.FacilityAsync();
        var file = "languages\n" + string.Concat(Enumerable.Repeat("ne\n", 300));

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _office.ImportAsync(facility.ImportPath(), file)));

        Assert.Single(reports, r => !r.ImportedBefore);
        Assert.Equal(300, await CountAsync(facility));
    }

    [Fact]
    public async Task A_file_with_codes_of_which_rows_were_refused_is_read_again_and_nobody_joins_twice()
    {
        var employer = (await enrollment.FacilityAsync()).Employer;
        var (open, later) = (await enrollment.FacilityAsync(employer), await enrollment.FacilityAsync(employer, open: false));
        var file = $"facility,code,languages\n{open.Code},{Card()},ne\n{later.Code},{Card()},ne\n";

        var first = await open.AsEmployer().ImportAsync(Many, file);
        await enrollment.InDbAsync(db => db.Facilities.Where(f => f.Id == later.Id)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.State, FacilityState.Open)));
        var second = await open.AsEmployer().ImportAsync(Many, file);
        var third = await open.AsEmployer().ImportAsync(Many, file);

        Assert.Equal((1, 0, 1), (first.Accepted, first.Known, first.Refusals["facility_not_open"]));
        Assert.Equal((1, 1, 0, false), (second.Accepted, second.Known, second.Refused, second.ImportedBefore));
        Assert.True(third.ImportedBefore);
        Assert.Equal((1, 1), (await CountAsync(open), await CountAsync(later)));
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_happen_and_changes_nothing()
    {
        var facility = await enrollment.FacilityAsync();
        var (card, known) = (Card(), Card());
        await _office.ImportAsync(facility.ImportPath(), $"code,languages\n{known},hi\n");
        var file = $"code,languages\n{card},hi\n{card},hi\n{known},hi\n,xx\n,ne\n";

        var dry = await _office.ImportAsync($"{facility.ImportPath()}?dryRun=true", file);

        Assert.Equal((true, null, 5, 2, 1, 2), (dry.DryRun, dry.Id, dry.Rows, dry.Accepted, dry.Known, dry.Refused));
        Assert.Equal(1, await CountAsync(facility));
        Assert.Equal(1, await enrollment.InDbAsync(db => db.WorkerImports.CountAsync(i => i.FacilityId == facility.Id)));
        var real = await _office.ImportAsync(facility.ImportPath(), file);
        Assert.Equal((dry.Rows, dry.Accepted, dry.Known, dry.Refused, false), (real.Rows, real.Accepted, real.Known, real.Refused, real.ImportedBefore));
        Assert.Equal(dry.Errors, real.Errors);
        var events = await enrollment.Broker.HeardAsync<WorkersJoined>(e => e.FacilityId == facility.Id, 2);
        Assert.Equal(3, events.Sum(e => e.Event.Workers.Count));
    }

    [Fact]
    public async Task Imports_are_listed_newest_first_to_who_sent_them_and_to_the_programme_office()
    {
        var facility = await enrollment.FacilityAsync();
        var employer = facility.AsEmployer();
        var first = await employer.ImportAsync(facility.ImportPath(), $"code,languages\n{Card()},hi\n");
        var second = await employer.ImportAsync(facility.ImportPath(), $"code,languages\n{Card()},hi\n");

        Assert.Equal([second.Id, first.Id], (await employer.GetAsync<Page<ImportSummary>>("/api/enrollment/workers/imports")).Items.Select(i => (Guid?)i.Id));
        Assert.Equal(first.Accepted, (await _office.GetAsync<ImportReport>($"/api/enrollment/workers/imports/{first.Id}")).Accepted);
        await facility.AsEmployer().GetAsync($"/api/enrollment/workers/imports/{first.Id}").RefusesAsync(System.Net.HttpStatusCode.NotFound, "import_unknown");
    }

    private Task<int> CountAsync(FacilityInUse facility) => enrollment.InDbAsync(db => db.Workers.CountAsync(w => w.FacilityId == facility.Id));
}
