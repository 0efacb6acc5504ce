using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Volunteers.SiteReports;

namespace BetterConnections.Volunteers.Tests.SiteReports;

/// <summary>Moves the clock, so it has a service of its own.</summary>
public class SiteReportTests(FreshVolunteerApp volunteers) : IClassFixture<FreshVolunteerApp>
{
    private const string Path = "/api/volunteer/site-reports";
    private DateTimeOffset Now => volunteers.Clock.GetUtcNow();

    [Fact]
    public async Task A_report_is_told_without_the_volunteers_words()
    {
        var (person, facility) = await AssignedAsync();

        var report = await person.Client.PostAsync<SiteReportView>(Path, Found(facility) with
        {
            DevicesWorking = 8,
            Problems = [new(ProblemConcern.Device, " bc-000123-x ", "Does not start"), new(ProblemConcern.Connection, Text: "No internet since Sunday"), new(ProblemConcern.Device)],
        });

        Assert.Equal((8, 10, true, 12, 0), (report.DevicesWorking, report.DevicesExpected, report.InternetUp, report.PeopleSeen, report.ClockSkewSeconds));
        Assert.Equal([(ProblemConcern.Device, "BC-000123-X", "Does not start"), (ProblemConcern.Connection, null, "No internet since Sunday"), (ProblemConcern.Device, (string?)null, (string?)null)],
            report.Problems.Select(p => (p.Concerns, p.Barcode, p.Text)));
        var heard = await volunteers.Broker.HeardAsync<SiteReported>(e => e.ReportId == report.Id);
        Assert.Equal((facility, person.Id, 8, 10, true, 12, report.At), (heard.FacilityId, heard.VolunteerId, heard.DevicesWorking, heard.DevicesExpected, heard.InternetUp, heard.PeopleSeen, heard.At));
        Assert.Equal(report.Problems.Select(p => new ReportedProblem(p.Id, p.Concerns.ToString().ToLowerInvariant(), p.Barcode)), heard.Problems);
    }

    [Fact]
    public async Task A_report_that_is_sent_again_late_or_at_once_is_one_report()
    {
        var (person, facility) = await AssignedAsync();
        var found = Found(facility) with { Problems = [new(ProblemConcern.Room)] };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.Client.PostAsync<SiteReportView>(Path, found)));
        await person.Client.PostAsync<SiteReportView>(Path, found with { SentAt = Now, PeopleSeen = 99 });

        Assert.Single(answers.Select(a => a.Problems.Single().Id).Distinct());
        Assert.Equal(12, Assert.Single((await person.Client.GetAsync<Page<SiteReportView>>($"{Path}?facilityId={facility}")).Items).PeopleSeen);
        Assert.Single(await volunteers.Broker.HeardAsync<SiteReported>(e => e.ReportId == found.Id, 1));
    }

    [Fact]
    public async Task A_wrong_clock_is_put_right_and_noted_and_the_future_is_refused()
    {
        var (person, facility) = await AssignedAsync();
        var slow = TimeSpan.FromDays(2);

        var report = await person.Client.PostAsync<SiteReportView>(Path, Found(facility) with { At = Now.AddMinutes(-5) - slow, SentAt = Now - slow });

        Assert.Equal(slow.TotalSeconds, report.ClockSkewSeconds, 60d);
        Assert.Equal(Now.AddMinutes(-5), report.At, TimeSpan.FromMinutes(1));
        await person.Client.PostAsync(Path, Found(facility) with { At = Now.AddMinutes(30) }).RefusesAsync(HttpStatusCode.BadRequest, "time_in_future");
        await person.Client.PostAsync(Path, Found(facility) with { At = Now.AddDays(-40) }).RefusesAsync(HttpStatusCode.Conflict, "too_late");
    }

    [Fact]
    public async Task What_cannot_be_understood_is_a_coded_400()
    {
        var (person, facility) = await AssignedAsync();
        foreach (var (found, code) in new (FoundOnSite, string)[]
        {
            (Found(facility) with { DevicesWorking = 11 }, "devices_too_many"),
            (Found(facility) with { DevicesWorking = -1 }, "validation_failed"),
            (Found(facility) with { InternetUp = null }, "validation_failed"),
            (Found(facility) with { Problems = [new(ProblemConcern.Room, "BC-000123-X")] }, "barcode_not_expected"),
            (Found(facility) with { Problems = [new(ProblemConcern.Device, "the left one")] }, "validation_failed"),
            (Found(facility) with { Problems = [new(null)] }, "validation_failed"),
        })
            await person.Client.PostAsync(Path, found).RefusesAsync(HttpStatusCode.BadRequest, code);
        Assert.Empty((await person.Client.GetAsync<Page<SiteReportView>>($"{Path}?facilityId={facility}")).Items);
    }

    [Fact]
    public async Task No_more_computers_are_claimed_than_were_delivered()
    {
        var (person, facility) = await AssignedAsync();
        await person.Client.PostAsync(Path, Found(facility) with { DevicesExpected = 11 }).RefusesAsync(HttpStatusCode.Conflict, "devices_not_delivered"); // a kit's, while no delivery was heard of
        await volunteers.DeliverAsync(new KitDelivered(facility, facility, 6, 1, Now), times: 2);

        var problem = await person.Client.PostAsync(Path, Found(facility) with { DevicesWorking = 5, DevicesExpected = 7 }).RefusesAsync(HttpStatusCode.Conflict, "devices_not_delivered");
        Assert.Equal(6, problem.GetProperty("delivered").GetInt32());
        await person.Client.PostAsync(Path, Found(facility) with { DevicesWorking = 7 }).RefusesAsync(HttpStatusCode.BadRequest, "devices_too_many");
        Assert.Empty((await person.Client.GetAsync<Page<SiteReportView>>($"{Path}?facilityId={facility}")).Items);
        Assert.Equal(6, (await person.Client.PostAsync<SiteReportView>(Path, Found(facility) with { DevicesWorking = 6 })).DevicesExpected);
    }

    [Fact]
    public async Task A_facility_one_is_not_assigned_to_is_not_there_and_neither_are_others_reports()
    {
        var (person, facility) = await AssignedAsync();
        var (stranger, _) = await AssignedAsync();
        var offered = await volunteers.OpenFacilityAsync();
        await volunteers.OfferAsync(await volunteers.OpeningAsync(facility: offered), person);
        var report = await person.Client.PostAsync<SiteReportView>(Path, Found(facility));

        await stranger.Client.PostAsync(Path, Found(facility)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await person.Client.PostAsync(Path, Found(offered)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await stranger.Client.PostAsync(Path, Found(facility) with { Id = report.Id }).RefusesAsync(HttpStatusCode.Conflict, "report_id_taken");
        await stranger.Client.GetAsync($"{Path}/{report.Id}").RefusesAsync(HttpStatusCode.NotFound, "report_unknown");
        Assert.Empty((await stranger.Client.GetAsync<Page<SiteReportView>>($"{Path}?facilityId={facility}")).Items);
        await stranger.Client.GetAsync($"{Path}/summary").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await volunteers.As(Roles.Employer).GetAsync(Path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(report.Id, (await volunteers.As(Roles.Evaluator).GetAsync<SiteReportView>($"{Path}/{report.Id}")).Id);
    }

    [Fact]
    public async Task The_summary_says_what_the_last_report_found_whichever_arrived_last()
    {
        var (person, facility) = await AssignedAsync();
        await person.Client.PostAsync<SiteReportView>(Path, Found(facility) with { At = Now.AddMinutes(-1), DevicesWorking = 7, InternetUp = false, Problems = [new(ProblemConcern.Connection)] });
        await person.Client.PostAsync<SiteReportView>(Path, Found(facility) with { At = Now.AddMinutes(-30), DevicesWorking = 9, Problems = [new(ProblemConcern.Room), new(ProblemConcern.Device)] });

        var summary = Assert.Single((await volunteers.Office().GetAsync<Page<SiteSummary>>($"{Path}/summary?facilityId={facility}&zone=57")).Items);

        Assert.Equal((2, 7, 10, false, 1, 24L, 3), (summary.Reports, summary.DevicesWorking, summary.DevicesExpected, summary.InternetUp, summary.InternetUpReports, summary.PeopleSeen, summary.Problems));
    }

    [Fact]
    public async Task A_photo_is_kept_once_with_its_report_and_shown_to_its_volunteer_and_the_office_alone()
    {
        var (person, facility) = await AssignedAsync();
        var (stranger, _) = await AssignedAsync();
        var report = await person.Client.PostAsync<SiteReportView>(Path, Found(facility));
        var address = $"{Path}/{report.Id}/photos";
        byte[] photo = [.. Jpeg, .. new byte[100]];

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await (await person.SendAsync(address, photo)).ReadAsync<SitePhotoView>()));

        var id = Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Equal(new(id, "image/jpeg", photo.Length, answers[0].AddedAt), Assert.Single((await volunteers.Office().GetAsync<SiteReportView>($"{Path}/{report.Id}")).Photos));
        foreach (var reader in (HttpClient[])[person.Client, volunteers.Office()])
        {
            var read = await reader.GetAsync($"{address}/{id}");
            Assert.Equal(photo, await read.Content.ReadAsByteArrayAsync());
            Assert.Equal(("image/jpeg", "attachment"), (read.Content.Headers.ContentType!.MediaType, read.Content.Headers.ContentDisposition!.DispositionType));
            Assert.True(read.Headers.CacheControl?.NoStore);
        }
        await stranger.Client.GetAsync($"{address}/{id}").RefusesAsync(HttpStatusCode.NotFound, "photo_unknown");
        await stranger.SendAsync(address, photo).RefusesAsync(HttpStatusCode.NotFound, "report_unknown");
        foreach (var role in (string[])[Roles.Evaluator, Roles.TrainingPartner, Roles.Employer])
            await volunteers.As(role).GetAsync($"{address}/{id}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        var evaluator = volunteers.As($"{Roles.Evaluator} {Roles.Volunteer}");
        Assert.Single((await evaluator.GetAsync<SiteReportView>($"{Path}/{report.Id}")).Photos);
        await evaluator.GetAsync($"{address}/{id}").RefusesAsync(HttpStatusCode.NotFound, "photo_unknown");
    }

    [Fact]
    public async Task What_is_no_photo_too_large_or_one_too_many_is_refused_and_not_kept()
    {
        var (person, facility) = await AssignedAsync();
        var report = await person.Client.PostAsync<SiteReportView>(Path, Found(facility));
        var address = $"{Path}/{report.Id}/photos";

        await person.SendAsync(address, "<svg onload='steal()'/>"u8.ToArray()).RefusesAsync(HttpStatusCode.BadRequest, "photo_type_not_allowed");
        await person.SendAsync(address, []).RefusesAsync(HttpStatusCode.BadRequest, "photo_type_not_allowed");
        await person.SendAsync(address, [.. Jpeg, .. new byte[SitePhoto.LargestBytes]]).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        await Task.WhenAll(Enumerable.Range(0, SitePhoto.MostPerReport + 2).Select(i => person.SendAsync(address, [.. Jpeg, (byte)i])));
        await person.SendAsync(address, [.. Jpeg, 99]).RefusesAsync(HttpStatusCode.Conflict, "photos_full");
        Assert.Equal(SitePhoto.MostPerReport, (await person.Client.GetAsync<SiteReportView>($"{Path}/{report.Id}")).Photos.Count);

        volunteers.Clock.Advance(TimeSpan.FromDays(31));
        await person.SendAsync(address, [.. Jpeg, 98]).RefusesAsync(HttpStatusCode.Conflict, "too_late");
    }

    private static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0];

    private FoundOnSite Found(Guid facility) => new(Guid.NewGuid(), facility, Now.AddMinutes(-5), 10, true, 12);

    private async Task<(Person, Guid)> AssignedAsync()
    {
        var person = await volunteers.ScreenedAsync();
        var opening = await volunteers.OpeningAsync();
        await volunteers.AssignAsync(opening, person);
        return (person, opening.FacilityId);
    }
}

file static class PhotoSteps
{
    public static Task<HttpResponseMessage> SendAsync(this Person person, string address, byte[] photo) =>
        person.Client.PostAsync(address, new ByteArrayContent(photo) { Headers = { ContentType = new("image/jpeg") } });
}
