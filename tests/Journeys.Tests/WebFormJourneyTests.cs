using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>A browser with a phone's screen, on the page that the gateway serves. Screenshots stay beside the test's program.</summary>
public class WebFormJourneyTests(WholeSystem system)
{
    /// <summary>Beside the answers, or no answers: <c>FormItems.NoAnswers</c> of Evaluation.</summary>
    private static readonly string[] WhoAndWhere = ["facility", "card"];

    private sealed record IssuedCollector(string WebUrl);

    private sealed record Interview(Dictionary<string, string> Answers, List<string> Sent);

    [Theory]
    [InlineData("en", "lost")]
    [InlineData("ar", "offline")]
    public async Task A_whole_interview_in_a_browser_arrives_once_with_its_answers_after_a_reload_a_question_left_out_and_a_lost_connection(string language, string fault)
    {
        var (label, facility, held) = await HoldAsync(language, fault);

        Assert.Equal(2, held.Sent.Count); // once in vain
        Assert.Single(held.Sent.Distinct());
        var stored = JsonSerializer.Deserialize<Dictionary<string, string?>>(
            await system.Books.OneAsync<string>("evaluation", $"select answers::text from submissions where sent_by = 'collector {label}' and instance_id = '{held.Sent[0]}'"))!;
        Assert.Equal(held.Answers.Where(a => !WhoAndWhere.Contains(a.Key)), stored.Where(a => held.Answers.ContainsKey(a.Key)).OrderBy(a => held.Answers.Keys.ToList().IndexOf(a.Key))!);
        Assert.Equal(facility, await system.Books.OneAsync<string>("evaluation",
            $"select f.code from submissions s join facilities f on f.id = s.facility_id where s.sent_by = 'collector {label}'"));
    }

    [Fact]
    public async Task An_interview_that_the_server_does_not_take_is_deleted_from_the_phone_by_who_holds_it()
    {
        var (label, _, held) = await HoldAsync("en", "refused");

        Assert.Single(held.Sent);
        Assert.Equal(0, await system.Books.OneAsync<long>("evaluation", $"select count(*) from submissions where sent_by = 'collector {label}'"));
    }

    private async Task<(string Label, string Facility, Interview Held)> HoldAsync(string language, string fault)
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        var facility = await employer.ApplyAsync(await employer.AddSiteAsync($"Camp {language}", facilities: 1));
        var evaluator = await system.Staff.HireAsync(Roles.Evaluator);
        var label = $"Web form {Guid.NewGuid():n}";
        var issued = await Eventually.BecomesAsync( // once Evaluation has heard of the facility
            () => evaluator.TryPostAsync("/api/evaluation/collectors", new
            { label, forms = new[] { "bc-champion", "bc-facility" }, facilities = new[] { facility.Code }, validUntil = DateTimeOffset.UtcNow.AddDays(1) }), answer => answer.IsDone);

        var held = JsonSerializer.Deserialize<Interview>(
            await Clients.RunAsync("fill-web-form.mjs", "", issued.Read<IssuedCollector>().WebUrl, facility.Code, language, AppContext.BaseDirectory, fault), JsonSerializerOptions.Web)!;
        return (label, facility.Code, held);
    }
}
