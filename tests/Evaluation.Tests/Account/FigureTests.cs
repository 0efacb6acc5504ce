using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Account.Reports;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Account;

public class FigureTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Figures = "/api/evaluation/account/figures";
    private readonly HttpClient _office = evaluation.As(Roles.ProgrammeOffice);

    private DateTimeOffset Now => evaluation.Clock.GetUtcNow();

    private async Task<decimal> ValueAsync(string figure, string filter = "") =>
        (await _office.GetAsync<List<FigureView>>(Figures + filter)).Single(f => f.Code == figure).Value ?? 0;

    private async Task<Guid> OpenAsync(string zone, int residents = 800)
    {
        var (id, employer) = (Guid.NewGuid(), Guid.NewGuid());
        var code = $"F{Random.Shared.Next(1_000_000):d6}";
        await evaluation.DeliverAsync(new FacilityApplied(id, code, employer, Guid.NewGuid(), zone, residents, Now));
        await evaluation.DeliverAsync(new FacilityOpened(id, code, employer, 1, zone, 25.2, 51.4, residents, ["ne"], ["labour-rights"], Now));
        return id;
    }

    [Fact]
    public async Task An_event_counts_once_though_it_comes_twice_and_its_facts_show_where_the_figure_comes_from()
    {
        var before = await ValueAsync("computers-deployed");
        var facility = await OpenAsync("Mesaieed");
        var delivered = new KitDelivered(facility, facility, 10, 1, Now);
        await evaluation.DeliverAsync(delivered, times: 2);
        await evaluation.DeliverAsync(delivered); // once more, as another message

        Assert.Equal(before + 10, await ValueAsync("computers-deployed"));
        var facts = await _office.GetAsync<Postgres.Page<FactView>>($"{Figures}/computers-deployed/facts?limit=200");
        var fact = Assert.Single(facts.Items, f => f.FacilityId == facility);
        Assert.Equal(("KitDelivered", 10, "Mesaieed", $"/api/inventory/devices?kitId={facility}"), (fact.Source, fact.Amount, fact.Zone, fact.Links["devices"]));
    }

    [Fact]
    public async Task A_worker_who_moves_is_not_one_more()
    {
        var (from, to, worker) = (await OpenAsync("Al Khor"), await OpenAsync("Umm Salal"), new JoinedWorker(Guid.NewGuid(), $"W{Guid.NewGuid():n}", ["ne"]));
        var before = await ValueAsync("workers-joined");
        await evaluation.DeliverAsync(new WorkersJoined(from, [worker], Now));
        await evaluation.DeliverAsync(new WorkersJoined(to, [worker], Now.AddDays(1), Moved: true));

        Assert.Equal(before + 1, await ValueAsync("workers-joined"));
    }

    [Fact]
    public async Task A_late_correction_of_a_session_replaces_its_figures_and_an_old_one_that_comes_last_does_not()
    {
        var (facility, session, trainer) = (await OpenAsync("Al Khor"), Guid.NewGuid(), Guid.NewGuid());
        var first = new SessionDelivered(session, facility, trainer, "labour-rights", "ne", "workers", 8, 60, 480, false, Now);
        await evaluation.DeliverAsync(first with { Attended = 9, PersonMinutes = 540, Late = true, At = Now.AddDays(2) });
        await evaluation.DeliverAsync(first);

        Assert.Equal(9, await ValueAsync("attendances", $"?facilityId={facility}"));
        Assert.Equal(9, await ValueAsync("training-hours", $"?facilityId={facility}"));
        Assert.Equal(1, await ValueAsync("sessions-delivered", $"?facilityId={facility}"));
    }

    [Fact]
    public async Task Figures_are_told_by_zone_and_by_month_and_a_closed_facility_is_open_no_more()
    {
        var zone = $"Zone {Guid.NewGuid():n}";
        var (first, second) = (await OpenAsync(zone), await OpenAsync(zone));
        await evaluation.DeliverAsync(new FacilityClosed(second, "lease ended", Now));

        Assert.Equal((1, 2), (await ValueAsync("facilities-open", $"?zone={zone}"), await ValueAsync("facilities-opened", $"?zone={zone}")));
        var byZone = await _office.GetAsync<List<FigureZoneView>>($"{Figures}/people-with-access/zones");
        Assert.Equal(1600, byZone.Single(z => z.Zone == zone).Amount);
        var months = await _office.GetAsync<List<FigureMonthView>>($"{Figures}/facilities-opened/months?facilityId={first}");
        Assert.Equal((new DateOnly(Now.Year, Now.Month, 1), 1), (months.Single().Month, months.Single().Amount));
    }

    [Fact]
    public async Task The_sums_equal_their_facts_after_many_events_at_once()
    {
        var facility = await OpenAsync("Al Wakrah");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => evaluation.DeliverAsync(
            new SessionDelivered(Guid.NewGuid(), facility, Guid.NewGuid(), "computer-basics", "hi", "workers", i % 10, 60, 60 * (i % 10), false, Now), times: 1 + i % 2)));
        Assert.Empty(await _office.GetAsync<List<FigureDifference>>($"{Figures}/check"));
        Assert.Equal(40, await ValueAsync("sessions-delivered", $"?facilityId={facility}"));
    }

    [Fact]
    public async Task Everybody_reads_the_scorecard_but_no_figure_that_points_at_a_few_people()
    {
        var anyone = evaluation.Anonymous();
        await evaluation.DeliverAsync(new ChampionNamed(Guid.NewGuid(), Guid.NewGuid(), Now));
        var withheld = (await anyone.GetAsync<Scorecard>("/api/evaluation/public/scorecard")).Figures.Single(f => f.Code == "champions-named");
        Assert.Equal((null, null), (withheld.Value, withheld.Facts));
        for (var i = 1; i < 10; i++) await evaluation.DeliverAsync(new ChampionNamed(Guid.NewGuid(), Guid.NewGuid(), Now));
        var card = await anyone.GetAsync<Scorecard>("/api/evaluation/public/scorecard");
        Assert.Equal(10, card.Figures.Single(f => f.Code == "champions-named").Value);

        var opened = card.Figures.Single(f => f.Code == "facilities-opened");
        Assert.Equal([1920, 1927], opened.Published.Select(p => p.Value)); // the sources contradict each other; both stay
        Assert.Equal(1500, opened.Planned);
        Assert.Contains((await anyone.GetAsync<List<SdgView>>("/api/evaluation/public/sdg")).Single(s => s.Code == "4.4").Figures, f => f.Code == "sessions-delivered");
    }

    [Theory]
    [InlineData("text/csv", "", "\r\nfacilities-open,Facilities open now,المرافق المفتوحة الآن,facilities,")]
    [InlineData("text/html", "?language=en", "<html lang=\"en\" dir=\"ltr\">")]
    [InlineData("text/html", "?language=ar", "<html lang=\"ar\" dir=\"rtl\">")]
    public async Task The_scorecard_comes_as_a_table_and_as_a_page(string accept, string query, string contains)
    {
        var answer = await evaluation.Anonymous().SendAsync(new(HttpMethod.Get, "/api/evaluation/public/scorecard" + query) { Headers = { Accept = { new(accept) } } });
        Assert.Equal(accept, answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains(contains, text);
        Assert.DoesNotContain("<script", text);
    }

    [Fact]
    public async Task Employers_and_donors_do_not_see_the_account_and_an_unknown_figure_is_not_there()
    {
        await evaluation.As(Roles.Employer).GetAsync(Figures).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.Donor).GetAsync("/api/evaluation/ledger/entries").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.GetAsync($"{Figures}/happiness/facts").RefusesAsync(HttpStatusCode.NotFound, "figure_unknown");
    }

    [Fact]
    public async Task What_school_clubs_refurbished_and_who_learned_are_evidence_for_the_development_goals_each_with_where_it_comes_from()
    {
        var (club, order, worker) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await evaluation.DeliverAsync(new WorkOrderClosed(order, club, 8, Now));
        await evaluation.DeliverAsync(new WorkOrderClosed(Guid.NewGuid(), club, 4, Now.AddHours(1)));
        await evaluation.DeliverAsync(new WorkOrderClosed(Guid.NewGuid(), Guid.NewGuid(), 0, Now)); // nothing passed
        foreach (var audience in (string[])["workers", "workers", "volunteers"])
            await evaluation.DeliverAsync(new CourseCompleted(Guid.NewGuid(), audience == "workers" ? worker : Guid.NewGuid(), null, audience, ["labour-rights"], 240, Now));

        Assert.Equal((12, 1), (await ValueAsync("devices-refurbished"), await ValueAsync("clubs-refurbishing")));
        Assert.Equal(1, await ValueAsync("workers-trained"));
        Assert.Equal($"/api/inventory/work-orders/{order}", (await _office.GetAsync<Postgres.Page<FactView>>($"{Figures}/devices-refurbished/facts")).Items[0].Links["thing"]);
        var goal = (await evaluation.Anonymous().GetAsync<List<SdgView>>("/api/evaluation/public/sdg")).Single(s => s.Code == "12.8");
        Assert.Equal(["devices-refurbished", "clubs-refurbishing"], goal.Figures.Select(f => f.Code));
        Assert.Equal(12, (await evaluation.Anonymous().GetAsync<FigureLineage>(goal.Figures[0].Lineage)).ByMonth.Sum(m => m.Value));
    }

    [Theory]
    [InlineData("12 40 300", "12 40 300")]
    [InlineData("4 40 300", "- - 300")] // 4 alone would be the whole less the others
    [InlineData("4 3 300", "- - -")] // 7 together would tell of seven people
    [InlineData("4 8 300", "- - 300")]
    [InlineData("0 4 12", "0 - -")]
    public void A_part_of_a_few_people_cannot_be_worked_out_from_the_others(string parts, string told)
    {
        var shown = PublicFigure.Told([.. parts.Split(' ').Select((p, i) => new FigurePart($"zone {i}", int.Parse(p), 1))], FigureCatalogue.Read().Find("workers-joined")!, new());
        Assert.Equal(told, string.Join(' ', shown.Select(p => p.Value?.ToString() ?? "-")));
        Assert.All(shown, p => Assert.Equal(p.Value is null, p.Facts is null));
    }

    [Fact]
    public void The_catalogue_holds_together() => Assert.All(FigureCatalogue.Read().Figures, f => Assert.True(f.Name.Ar.Any(c => c is >= '\u0600' and <= '\u06FF') && f.CountsFrom.Length > 0));
}
