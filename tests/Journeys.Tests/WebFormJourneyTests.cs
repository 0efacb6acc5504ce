using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>A browser with a phone's screen, on the page that the gateway serves. Screenshots stay beside the test's program.</summary>
public class WebFormJourneyTests(WholeSystem system)
{
    private sealed record IssuedCollector(string WebUrl);

    [Theory]
    [InlineData("en", false)]
    [InlineData("ar", true)]
    public async Task A_questionnaire_filled_in_a_browser_arrives_once_also_when_the_connection_was_lost_and_the_page_closed(string language, bool losesConnection)
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        var facility = await employer.ApplyAsync(await employer.AddSiteAsync($"Camp {language}", facilities: 1));
        var evaluator = await system.Staff.HireAsync(Roles.Evaluator);
        var label = $"Web form {Guid.NewGuid():n}";
        var issued = await Eventually.BecomesAsync( // once Evaluation has heard of the facility
            () => evaluator.TryPostAsync("/api/evaluation/collectors", new
            { label, forms = new[] { "bc-champion", "bc-facility" }, facilities = new[] { facility.Code }, validUntil = DateTimeOffset.UtcNow.AddDays(1) }), answer => answer.IsDone);

        string[] offline = losesConnection ? ["offline"] : [];
        await Clients.RunAsync("fill-web-form.mjs", "", [issued.Read<IssuedCollector>().WebUrl, "Digital champion", language, AppContext.BaseDirectory, .. offline]);

        Assert.Equal(1, await system.Books.OneAsync<long>("evaluation", $"select count(*) from submissions where sent_by = 'collector {label}'"));
    }
}
