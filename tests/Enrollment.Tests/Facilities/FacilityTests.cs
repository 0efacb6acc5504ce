using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Public;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class FacilityTests(EnrollmentApp app)
{
    private const string Facilities = "/api/enrollment/facilities";
    private readonly HttpClient _office = app.Office();

    [Fact]
    public async Task An_approved_employer_applies_and_everybody_concerned_hears_of_it()
    {
        var employer = await app.EmployerAsync();

        var facility = await employer.FacilityAsync(residents: 1700, zone: "91");

        Assert.Equal((FacilityState.Applied, "Gulf Contracting", "91"), (facility.State, facility.Employer, facility.Zone));
        Assert.Matches("^F[0-9]{4,}$", facility.Code);
        Assert.Equivalent(facility, await employer.Client.GetAsync<FacilityView>($"{Facilities}/{facility.Id}"), strict: true);
        var heard = await app.Broker.HeardAsync<FacilityApplied>(e => e.FacilityId == facility.Id);
        Assert.Equal(new FacilityApplied(facility.Id, facility.Code, employer.Id, facility.SiteId, "91", 566, facility.AppliedAt, 25.18, 51.45), heard);
    }

    [Fact]
    public async Task An_employer_that_is_not_approved_gets_no_facility()
    {
        var employer = await app.EmployerAsync(approved: false);
        var site = await employer.SiteAsync();
        await employer.Client.PostAsync(Facilities, new { siteId = site.Id }).RefusesAsync(HttpStatusCode.Conflict, "employer_not_approved");
    }

    [Fact]
    public async Task A_site_gets_no_more_facilities_than_its_residents_justify_even_when_asked_at_once()
    {
        var employer = await app.EmployerAsync();
        var site = await employer.SiteAsync(residents: 1601);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => employer.Client.PostAsync(Facilities, new { siteId = site.Id })));

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        var problem = await Task.FromResult(answers.First(a => a.StatusCode != HttpStatusCode.Created)).RefusesAsync(HttpStatusCode.Conflict, "site_has_enough_facilities");
        Assert.Equal(3, problem.GetProperty("most").GetInt32());

        var one = await answers.First(a => a.StatusCode == HttpStatusCode.Created).ReadAsync<FacilityView>();
        await employer.Client.PostAsync<FacilityView>($"{Facilities}/{one.Id}/withdraw", new { why = "the block is being sold" });
        await employer.Client.PostAsync<FacilityView>(Facilities, new { siteId = site.Id });
    }

    [Fact]
    public async Task Another_employers_facility_is_not_there()
    {
        var (facility, stranger) = (await (await app.EmployerAsync()).FacilityAsync(), await app.EmployerAsync());
        var address = $"{Facilities}/{facility.Id}";

        foreach (var path in new[] { "", "/history", "/needs-assessment", "/checklist" })
            await stranger.Client.GetAsync(address + path).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await stranger.Client.PostAsync(address + "/withdraw", new { why = "spite" }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await stranger.Client.PostAsync(Facilities, new { siteId = facility.SiteId }).RefusesAsync(HttpStatusCode.NotFound, "site_unknown");
        Assert.Empty((await stranger.Client.GetAsync<Page<FacilityView>>(Facilities)).Items);
        Assert.Empty((await stranger.Client.GetAsync<JsonElement>(Facilities + ".geojson")).GetProperty("features").EnumerateArray());
    }

    [Fact]
    public async Task Who_has_no_business_with_facilities_is_refused_and_nonsense_is_a_400()
    {
        await app.Anonymous().GetAsync(Facilities).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await app.As(Roles.Regulator).GetAsync(Facilities).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.As(Roles.Volunteer).PostAsync(Facilities, new { siteId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync(Facilities, new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.GetAsync(Facilities + "?limit=0").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task The_list_is_filtered_and_pages_through_everything_once()
    {
        var employer = await app.EmployerAsync();
        var open = await app.FacilitiesInAsync(FacilityState.Open, 3, employer, zone: "A1");
        var ready = await app.FacilitiesInAsync(FacilityState.SpaceReady, 4, employer, zone: "A2");

        Assert.Equal(open.Order(), await IdsAsync($"employerId={employer.Id}&state=Open"));
        Assert.Equal(ready.Order(), await IdsAsync($"employerId={employer.Id}&zone=A2"));
        Assert.Equal(open.Concat(ready).Order(), await IdsAsync($"employerId={employer.Id}"));
        var one = await _office.GetAsync<FacilityView>($"{Facilities}/{open[0]}");
        Assert.Equal([one.Id], await IdsAsync($"code={one.Code.ToLowerInvariant()}"));

        async Task<List<Guid>> IdsAsync(string filter)
        {
            var seen = new List<Guid>();
            for (string? after = ""; after is not null;)
            {
                var page = await _office.GetAsync<Page<FacilityView>>($"{Facilities}?{filter}&limit=2{(after == "" ? "" : "&after=" + after)}");
                seen.AddRange(page.Items.Select(f => f.Id));
                after = page.Next;
            }
            return [.. seen.Order()];
        }
    }

    [Fact]
    public async Task A_facility_is_found_by_a_part_of_its_sites_or_employers_name_by_those_who_may_see_it()
    {
        var (employer, other) = (await app.EmployerAsync(), await app.EmployerAsync());
        var mark = $"{Guid.NewGuid():n}"[..12];
        var site = await employer.Client.PostAsync<SiteView>("/api/enrollment/sites", Steps.Site() with { Name = $"100% Pearl_{mark.ToUpperInvariant()} North" });
        var facility = await employer.Client.PostAsync<FacilityView>(Facilities, new { siteId = site.Id });
        await app.InDbAsync(db => db.Employers.Where(e => e.Id == employer.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.Name, $"Doha Works {mark} WLL")));

        foreach (var search in (string[])[$"pearl_{mark}", $"0% PEARL_{mark[..4]}", $"works {mark}", facility.Code.ToLowerInvariant()])
        {
            Assert.Contains(facility.Id, await FoundAsync(_office, search));
            Assert.Contains(facility.Id, await FoundAsync(employer.Client, search));
            Assert.DoesNotContain(facility.Id, await FoundAsync(other.Client, search));
        }
        foreach (var search in (string[])[$"pearl%{mark}", $"pearl-{mark}", $"{mark} nowhere"]) Assert.Empty(await FoundAsync(_office, search)); // a sign is itself

        async Task<IEnumerable<Guid>> FoundAsync(HttpClient client, string search) =>
            (await client.GetAsync<Page<FacilityView>>($"{Facilities}?search={Uri.EscapeDataString(search)}&limit=200")).Items.Select(f => f.Id);
    }

    [Fact]
    public async Task Opening_hours_are_the_employers_to_set_and_everybodys_to_read_without_a_name_or_place()
    {
        var zone = $"Z{Guid.NewGuid():n}"[..20];
        var (employer, other) = (await app.EmployerAsync(), await app.EmployerAsync());
        var facility = (await app.FacilitiesInAsync(FacilityState.Open, 1, employer, zone)).Single();
        await app.FacilitiesInAsync(FacilityState.Suspended, 1, employer, zone);
        var address = $"{Facilities}/{facility}";
        var etag = (await employer.Client.GetAsync(address)).Headers.ETag!.Tag;
        OpeningTime[] week = [new(DayOfWeek.Friday, new(8, 0), new(11, 30)), new(DayOfWeek.Sunday, new(17, 0), new(22, 0)), new(DayOfWeek.Friday, new(17, 0), new(0, 0))]; // at midnight

        await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours(week), null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        await other.Client.PutAsync($"{address}/opening-hours", new OpeningHours(week), etag).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await app.As(Roles.Volunteer).PutAsync($"{address}/opening-hours", new OpeningHours(week), etag).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours([new(DayOfWeek.Monday, new(22, 0), new(17, 0))]), etag).RefusesAsync(HttpStatusCode.BadRequest, "closes_before_opens");
        await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours([.. week, new(DayOfWeek.Friday, new(11, 0), new(12, 0))]), etag).RefusesAsync(HttpStatusCode.BadRequest, "opening_times_overlap");
        await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours([.. week, new(DayOfWeek.Friday, new(23, 0), new(23, 30))]), etag).RefusesAsync(HttpStatusCode.BadRequest, "opening_times_overlap");
        await employer.Client.PutAsync($"{address}/opening-hours", new { times = new[] { new { opens = "08:00:00", closes = "12:00:00" } } }, etag).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
        var saved = await (await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours(week), etag)).ReadAsync<FacilityView>();
        await employer.Client.PutAsync($"{address}/opening-hours", new OpeningHours([]), etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");

        OpeningTime[] sorted = [week[1], week[0], week[2]];
        Assert.Equal(sorted, saved.OpeningHours);
        Assert.Equal(sorted, (await _office.GetAsync<FacilityView>(address)).OpeningHours);
        var read = await app.Anonymous().GetAsync($"/api/enrollment/public/facilities?search={zone[1..].ToUpperInvariant()}");
        var open = Assert.Single((await read.ReadAsync<Page<PublicFacility>>()).Items); // the suspended one is not
        Assert.Equal((saved.Code, zone), (open.Code, open.Zone));
        Assert.Equal(sorted, open.OpeningHours);
        var text = await read.Content.ReadAsStringAsync();
        Assert.All((string[])["Gulf Contracting", "Camp 12", $"{facility}", "51.45"], told => Assert.DoesNotContain(told, text));
    }

    [Fact]
    public async Task A_facility_that_ended_has_no_hours_to_set()
    {
        var employer = await app.EmployerAsync();
        var closed = await app.FacilityInAsync(FacilityState.Closed, employer);
        await employer.Client.PutAsync($"{Facilities}/{closed}/opening-hours", new OpeningHours([]), "*").RefusesAsync(HttpStatusCode.Conflict, "facility_ended");
    }

    [Theory]
    [InlineData("facilities.geojson?zone=a%00b"), InlineData("compliance.csv?search=%00"), InlineData("facilities?zone=%00")]
    public async Task A_filter_that_no_text_can_match_is_refused_before_the_answer_begins(string path) =>
        await _office.GetAsync($"/api/enrollment/{path}").RefusesAsync(HttpStatusCode.BadRequest, "text_not_storable");

    [Fact]
    public async Task The_map_is_geojson_with_longitude_first()
    {
        var employer = await app.EmployerAsync();
        var facility = await employer.FacilityAsync(zone: "33");

        var answer = await _office.GetAsync($"{Facilities}.geojson?employerId={employer.Id}");
        using var accepting = new HttpRequestMessage(HttpMethod.Get, $"{Facilities}?employerId={employer.Id}") { Headers = { { "Accept", "application/geo+json" } } };
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await (await _office.SendAsync(accepting)).Content.ReadAsStringAsync());

        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
        var map = await answer.ReadAsync<JsonElement>();
        Assert.Equal("FeatureCollection", map.GetProperty("type").GetString());
        var feature = Assert.Single(map.GetProperty("features").EnumerateArray());
        Assert.Equal(facility.Code, feature.GetProperty("id").GetString());
        Assert.Equal([51.45, 25.18], feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble()));
        Assert.Equal(("Applied", "33"), (feature.GetProperty("properties").GetProperty("state").GetString(), feature.GetProperty("properties").GetProperty("zone").GetString()));
    }

    [Fact]
    public async Task The_map_of_many_facilities_is_whole()
    {
        var employer = await app.EmployerAsync();
        var one = await employer.FacilityAsync();
        const int others = 2000; // far more than the server sends at once
        await app.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
            insert into facilities (id, number, code, employer_id, site_id, residents, priority, state, state_since, applied_at, history_length)
            select gen_random_uuid(), number + n * 1000000, code || '-' || n, employer_id, site_id, residents, priority, state, state_since, applied_at, 0
            from facilities, generate_series(1, {others}) n where id = {one.Id}
            """));

        var map = await _office.GetAsync<JsonElement>($"{Facilities}.geojson?employerId={employer.Id}");

        Assert.Equal([one.Code, .. Enumerable.Range(1, others).Select(n => $"{one.Code}-{n}")],
            map.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Priority_is_the_programme_offices_to_give_with_a_fresh_etag_until_the_space_is_ready()
    {
        var facility = await (await app.EmployerAsync()).FacilityAsync();
        var address = $"{Facilities}/{facility.Id}";
        var etag = (await _office.GetAsync(address)).Headers.ETag!.Tag;
        var change = new { priority = 5, why = "nearest clinic is far" };

        await _office.PutAsync(address, change, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal(5, (await (await _office.PutAsync(address, change, etag)).ReadAsync<FacilityView>()).Priority);
        await _office.PutAsync(address, change, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        await _office.PutAsync(address, change with { priority = -1 }, "*").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        var ready = await app.FacilityInAsync(FacilityState.SpaceReady);
        await _office.PutAsync($"{Facilities}/{ready}", change, "*").RefusesAsync(HttpStatusCode.Conflict, "priority_fixed");
    }

    [Fact]
    public async Task Suspending_resuming_and_closing_need_reasons_and_are_heard()
    {
        var id = await app.FacilityInAsync(FacilityState.Open);
        var address = $"{Facilities}/{id}";
        var number = (await _office.GetAsync<FacilityView>(address)).OpeningNumber;

        await _office.PostAsync(address + "/suspend", new { why = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync(address + "/suspend", new { why = "holiday" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync<FacilityView>(address + "/suspend", new { why = "cooling has failed" });
        Assert.Equal(number, (await _office.PostAsync<FacilityView>(address + "/resume", new { why = "cooling repaired" })).OpeningNumber);
        await _office.PostAsync<FacilityView>(address + "/close", new { why = "the camp moved" });

        Assert.Equal("cooling has failed", (await app.Broker.HeardAsync<FacilitySuspended>(e => e.FacilityId == id)).Reason);
        await app.Broker.HeardAsync<FacilityResumed>(e => e.FacilityId == id);
        Assert.Equal("the camp moved", (await app.Broker.HeardAsync<FacilityClosed>(e => e.FacilityId == id)).Reason);
        var history = await _office.GetAsync<List<FacilityEventView>>(address + "/history");
        Assert.Equal(["cooling has failed", "cooling repaired", "the camp moved"], history.TakeLast(3).Select(h => h.Why));
    }

    [Fact]
    public async Task A_withdrawal_is_heard_and_an_open_facility_can_no_longer_be_withdrawn()
    {
        var employer = await app.EmployerAsync();
        var (ready, open) = (await app.FacilityInAsync(FacilityState.KitReserved, employer), await app.FacilityInAsync(FacilityState.Open, employer));

        await employer.Client.PostAsync<FacilityView>($"{Facilities}/{ready}/withdraw", new { why = "the contract ended" });
        await employer.Client.PostAsync($"{Facilities}/{open}/withdraw", new { why = "the contract ended" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");

        Assert.Equal("the contract ended", (await app.Broker.HeardAsync<FacilityWithdrawn>(e => e.FacilityId == ready)).Reason);
        Assert.Empty(app.Broker.Heard<FacilityWithdrawn>(e => e.FacilityId == open));
    }
}
