using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Account.Ledger;
using BetterConnections.Evaluation.ExternalStudies;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Tests.Results;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests;

/// <summary>The pages for everybody, as one site: what leads where, and how it looks on a phone. Screenshots stay beside the test's program.</summary>
public partial class PublicSiteTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Site = "/api/evaluation/public";
    private static readonly string[] Pages = ["scorecard", "results", "sdg", "contributions", "studies"];

    [GeneratedRegex("href=\"(?<to>[^\"]+)\"")]
    private static partial Regex Link();

    private DateTimeOffset Now => evaluation.Clock.GetUtcNow();

    [Fact]
    public async Task Every_page_leads_to_every_other_in_both_languages_and_fits_a_phone()
    {
        await HappenAsync();
        var found = await CrawlAsync($"{Site}/scorecard?language=en");

        foreach (var page in Pages)
        {
            foreach (var language in (string[])["en", "ar"])
                Assert.All(Pages, other => Assert.Contains(LinksOf(found[$"{Site}/{page}?language={language}"].Html), l => l == $"{Site}/{other}?language={language}"));
            Assert.Contains($"{Site}/{page}?language=ar", LinksOf(found[$"{Site}/{page}?language=en"].Html).Select(l => new Uri(new($"http://x{Site}/{page}"), l).PathAndQuery));
        }
        Assert.All(found.Values, page => Assert.DoesNotMatch("<script|<img|<link| style=| on[a-z]+=", page.Html));
        Assert.True(found.Count(p => p.Key.Contains("/figures/", StringComparison.Ordinal)) >= 40); // each figure, in both languages
        Assert.Contains("Simulated. These answers were made up", found[$"{Site}/sdg?language=en"].Html);
        Assert.DoesNotContain("Award nomination", found[$"{Site}/scorecard?language=ar"].Html);

        var looked = found.Where(p => p.Key.Split('?') is [var path, "language=en" or "language=ar"] && (path.EndsWith("/workers-joined", StringComparison.Ordinal) || Pages.Contains(path[(Site.Length + 1)..])));
        await Clients.RunAsync("look-at-pages.mjs", JsonSerializer.Serialize(looked.ToDictionary(p => p.Key, p => new { html = p.Value.Html, policy = p.Value.Policy })), AppContext.BaseDirectory);
    }

    [Theory]
    [InlineData("scorecard", "figure,")]
    [InlineData("results", "indicator,")]
    [InlineData("sdg", "target,")]
    [InlineData("contributions", "nature,")]
    [InlineData("studies", "study,")]
    [InlineData("figures/workers-joined", "figure,by,")]
    public async Task Whoever_has_only_a_link_gets_the_data_as_a_file_and_whoever_has_it_already_is_told_so(string page, string columns)
    {
        var csv = await GetAsync($"{Site}/{page}?format=csv", "text/html");
        Assert.Equal(("text/csv", "attachment"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.DispositionType));
        Assert.StartsWith("\uFEFF" + columns, await csv.Content.ReadAsStringAsync());
        var json = await GetAsync($"{Site}/{page}?format=json", "text/html");
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        JsonDocument.Parse(await json.Content.ReadAsStringAsync()).Dispose();

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Site}/{page}?format=json") { Headers = { IfNoneMatch = { json.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await evaluation.Anonymous().SendAsync(again)).StatusCode);
        await evaluation.Anonymous().GetAsync($"{Site}/{page}?format=pdf").RefusesAsync(HttpStatusCode.BadRequest, "format_unknown");
    }

    [Theory]
    [InlineData("ar-QA,en;q=0.5", "", "ar")]
    [InlineData("ne,hi;q=0.5", "", "en")]
    [InlineData("ar", "?language=en", "en")]
    public async Task A_page_speaks_the_language_that_was_asked_for_or_that_the_browser_prefers(string accepts, string query, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Site}/scorecard{query}") { Headers = { { "Accept", "text/html" }, { "Accept-Language", accepts } } };
        Assert.Contains($"<html lang=\"{language}\"", await (await evaluation.Anonymous().SendAsync(request)).Content.ReadAsStringAsync());
    }

    /// <summary>A little of everything that the pages tell of.</summary>
    private async Task HappenAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var (facility, employer) = (Guid.NewGuid(), Guid.NewGuid());
            await evaluation.DeliverAsync(new FacilityApplied(facility, $"F{i:d4}", employer, Guid.NewGuid(), $"Zone {i}", 800, Now));
            await evaluation.DeliverAsync(new FacilityOpened(facility, $"F{i:d4}", employer, i + 1, $"Zone {i}", 25.2, 51.4, 800, ["ne"], ["labour-rights"], Now));
            await evaluation.DeliverAsync(new KitDelivered(facility, facility, 10, 1, Now));
            await evaluation.DeliverAsync(new WorkersJoined(facility, [.. Enumerable.Range(0, 4 + 20 * i).Select(_ => new JoinedWorker(Guid.NewGuid(), $"W{Guid.NewGuid():n}", ["ne"]))], Now));
            await evaluation.DeliverAsync(new SessionDelivered(Guid.NewGuid(), facility, null, "labour-rights", "ne", "workers", 12, 60, 700, false, Now.AddMonths(-i)));
        }
        await evaluation.DeliverAsync(new WorkOrderClosed(Guid.NewGuid(), Guid.NewGuid(), 12, Now));
        await evaluation.DeliverAsync(new DonationReceived(Guid.NewGuid(), Guid.NewGuid(), 60, Now));

        var office = evaluation.As(Roles.ProgrammeOffice);
        foreach (var code in (string[])["giver:ministry", "purpose:programme"]) await office.PostAsync<LedgerAccountView>("/api/evaluation/ledger/accounts", new { code, name = code });
        await office.PostAsync<LedgerEntryView>("/api/evaluation/ledger/contributions", new { giver = "giver:ministry", purpose = "purpose:programme", amount = 5000, on = "2026-01-15", nature = "Cash", valuation = "AsPaid", description = "a contribution", evidence = "letter 12" });

        var (simulation, evaluator) = (new Simulation(21), evaluation.As(Roles.Evaluator));
        var before = await evaluation.FreezeAsync(simulation.Wave("I1", 0.4), 60, isSimulated: true);
        foreach (var after in (string[])[await evaluation.FreezeAsync(simulation.Wave("I3", 0.7, better: 0.8), 30, isSimulated: true), await evaluation.FreezeAsync(simulation.Wave("I2", 0.6), 20, isSimulated: true)])
            await evaluator.PostAsync<AnalysisView>($"/api/evaluation/analyses/{(await evaluator.PostAsync<AnalysisView>("/api/evaluation/analyses", new { wave = after, beforeWave = before })).Id}/publish");
    }

    /// <summary>Every page that can be reached by links, by its address.</summary>
    private async Task<Dictionary<string, (string Html, string Policy)>> CrawlAsync(string start)
    {
        var found = new Dictionary<string, (string, string)>();
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out var address))
        {
            if (found.ContainsKey(address)) continue;
            var answer = await GetAsync(address, "text/html");
            Assert.True(answer.IsSuccessStatusCode, $"{address} answered {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentType!.MediaType != "text/html") continue;
            var html = await answer.Content.ReadAsStringAsync();
            found[address] = (html, answer.Headers.GetValues("Content-Security-Policy").Single());
            foreach (var link in LinksOf(html).Where(l => !l.StartsWith('#'))) next.Enqueue(new Uri(new($"http://x{address}"), link).PathAndQuery);
        }
        return found;
    }

    private static IEnumerable<string> LinksOf(string html) => Link().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups["to"].Value));

    private Task<HttpResponseMessage> GetAsync(string address, string accept) =>
        evaluation.Anonymous().SendAsync(new(HttpMethod.Get, address) { Headers = { { "Accept", accept } } });
}
