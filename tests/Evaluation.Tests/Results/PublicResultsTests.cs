using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Results;

/// <summary>In one order: what there is before anything is published can be seen once.</summary>
public class PublicResultsTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Public = "/api/evaluation/public/results";

    [Fact]
    public void What_has_no_test_is_neither_significant_nor_not() =>
        Assert.Null(TestOutcome.None("McNemar", "TooFewClusters").IsSignificant);

    [Fact]
    public async Task Everybody_reads_what_was_published_and_nothing_else()
    {
        var evaluator = evaluation.As(Roles.Evaluator);
        Assert.Contains("No results have been published yet", await ReadAsync("text/html"));

        var simulation = new Simulation(21);
        var (before, after) = (await evaluation.FreezeAsync(simulation.Wave("I1", 0.4), 60, isSimulated: true), await evaluation.FreezeAsync(simulation.Wave("I3", 0.7, better: 0.8), 30, isSimulated: true));
        var shown = await evaluator.PostAsync<AnalysisView>("/api/evaluation/analyses", new { wave = after, beforeWave = before });
        var hidden = await evaluator.PostAsync<AnalysisView>("/api/evaluation/analyses", new { wave = after });
        await evaluator.PostAsync<AnalysisView>($"/api/evaluation/analyses/{shown.Id}/publish");

        var json = await evaluation.Anonymous().GetAsync<JsonElement>(Public);
        Assert.Equal((shown.Sha256, 11), (json.GetProperty("analysis").GetProperty("sha256").GetString(), json.GetProperty("results").GetArrayLength()));
        Assert.False(json.GetProperty("analysis").TryGetProperty("computedBy", out _));
        Assert.True(json.GetProperty("externalStudies").GetArrayLength() >= 3);
        await evaluation.Anonymous().GetAsync($"{Public}?analysis={hidden.Id}").RefusesAsync(HttpStatusCode.NotFound, "analysis_unknown");

        var csv = (await ReadAsync("text/csv")).Split("\r\n");
        Assert.StartsWith("\uFEFFindicator,measure,", csv[0]);
        Assert.Contains(csv, line => line.StartsWith("independent-users,independent-users,Worker,1,language,bn,no,"));
        Assert.All(csv.Skip(1).Where(l => l.Length > 0), line => Assert.Matches(",\"?Simulated", line));

        var (english, arabic) = (await ReadAsync("text/html"), await ReadAsync("text/html", "?language=ar"));
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", english);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", arabic);
        foreach (var page in (string[])[english, arabic]) Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Simulated. These answers were made up", english);
        Assert.Equal(11, english.Split("<a href=\"#indicator-").Length - 1); // at a glance
        Assert.Contains("\u200E+", WebUtility.HtmlDecode(arabic)); // or the sign would stand behind its number
        Assert.Contains("المستخدمون المستقلون للتقنية", WebUtility.HtmlDecode(arabic));
        Assert.DoesNotContain("Reach Out To Asia", english); // studies by others have a page of their own
    }

    private async Task<string> ReadAsync(string accept, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Public + query);
        request.Headers.Add("Accept", accept);
        var response = await evaluation.Anonymous().SendAsync(request);
        Assert.Equal(accept, response.Content.Headers.ContentType!.MediaType);
        return await response.Content.ReadAsStringAsync();
    }
}
