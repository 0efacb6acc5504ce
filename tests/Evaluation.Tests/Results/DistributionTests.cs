using System.Net;
using System.Security.Cryptography;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Evaluation.Tests.Results;

public class DistributionTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Analyses = "/api/evaluation/analyses";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Fact]
    public async Task Answers_are_counted_choice_by_choice_and_who_did_not_answer_by_reason()
    {
        var wave = await evaluation.FreezeAsync(Answering("I2", "CD0", ("1", 10), ("2", 0), ("4", 20), ("5", 30), ("refused", 11), ("dont_know", 12), ("9", 13), (null, 14)), daysAgo: 20);

        var question = (await ReadAsync(await ComputeAsync(wave))).Single(d => d.Item == "CD0");

        Assert.Equal((RespondentGroup.Worker, true, 5, 60, 50), (question.Asked, question.IsGraded, question.Choices.Count, question.Now!.Answered, question.Now.Missing));
        Assert.Equal([("1", 10), ("2", 0), ("3", 0), ("4", 20), ("5", 30)], question.Now.Answers.Select(a => (a.Key, a.Count!.Value)));
        Assert.Equal(0.5, question.Now.Answers[4].Share);
        Assert.Equal([("NotAsked", 14), ("Refused", 11), ("DontKnow", 12), ("Technical", 13), ("Impossible", 0)], question.Now.Reasons.Select(r => (r.Key, r.Count!.Value)));
        Assert.Equal(("Strongly agree", "أوافق بشدة"), (question.Choices[4].Label["en"], question.Choices[4].Label["ar"]));
        Assert.NotEqual("", question.Label["ar"]);
        Assert.Null(question.Before);
    }

    [Fact]
    public async Task Those_who_wait_another_questionnaire_and_impossible_answers_are_not_counted()
    {
        var asked = Answering("I2", "AC1", ("yes", 20), ("no", 30)).Interviews;
        var others = Answering("I1", "AC1", ("yes", 40)).Interviews.Select(i => i with { Number = i.Number + 1000 });
        var waiting = Answering("I2", "AC1", ("yes", 50)).Interviews.Select(i => i with { Number = i.Number + 2000, Respondent = $"W{i.Number}", Waiting = true });
        var spread = Distributions.Of(null, new("I2", [.. asked.Select((i, n) => n < 10 ? i with { Impossible = ["AC1"] } : i), .. others, .. waiting]), await FormsAsync()).Single(d => d.Item == "AC1").Now!;

        Assert.Equal([("yes", 10), ("no", 30)], spread.Answers.Select(a => (a.Key, a.Count!.Value)));
        Assert.Equal(10, spread.Reasons.Single(r => r.Key == "Impossible").Count);
    }

    [Fact]
    public async Task Before_and_now_stand_side_by_side_where_the_same_was_asked_and_alone_where_it_was_not()
    {
        var before = await evaluation.FreezeAsync(new Simulation(21).Wave("I1", 0.4), daysAgo: 60);
        var distributions = await ReadAsync(await ComputeAsync(await evaluation.FreezeAsync(new Simulation(21).Wave("I3", 0.7), daysAgo: 30), before));

        var both = distributions.Single(d => d.Item == "CI0");
        Assert.Equal((480, 480), (both.Before!.Answered, both.Now!.Answered));
        Assert.True(both.Before.Answers[4].Count < both.Now.Answers[4].Count);
        var looksBack = distributions.Single(d => d.Item == "GI1");
        Assert.Null(looksBack.Before);
        Assert.Equal(480, looksBack.Now!.Answered);
    }

    [Fact]
    public async Task Who_somebody_is_and_what_is_no_scale_is_not_counted()
    {
        var items = (await ReadAsync(await ComputeAsync(await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I1", 0.6), daysAgo: 20)))).Select(d => d.Item).ToHashSet();

        Assert.Subset(items, new HashSet<string> { "AC1", "AC2", "CD0", "WB1", "IU1" });
        Assert.Empty(items.Intersect(["BG1", "BG2", "BG3", "consent", "IU2"]));
    }

    [Theory]
    [InlineData(40, 9, 30, 20)] // one choice of a few takes the smallest other with it, or it were the whole less the rest
    [InlineData(40, 4, 5, 20)] // two that are nine together take a third
    [InlineData(40, 5, 7, 20)]
    [InlineData(3, 3, 3, 3)]
    public async Task A_choice_of_a_few_people_is_neither_told_nor_left_as_the_rest(params int[] counts)
    {
        var spread = Distributions.Of(null, Answering("I2", "CD0", [.. counts.Select((n, i) => ($"{i + 1}", n))]), await FormsAsync()).Single(d => d.Item == "CD0").Now!;

        Assert.Equal(counts.Sum(), spread.Answered);
        Assert.DoesNotContain(spread.Answers, a => a.Count is > 0 and < 10);
        var hidden = spread.Answers.Where(a => a.Count is null).ToList();
        Assert.All(hidden, a => Assert.Null(a.Share));
        Assert.True(hidden.Count >= 2);
        Assert.True(spread.Answered - spread.Answers.Sum(a => a.Count ?? 0) >= 10);
    }

    [Fact]
    public async Task Of_a_question_that_a_few_answered_only_that_is_told()
    {
        var spread = Distributions.Of(null, Answering("I2", "CD0", ("5", 9), ("refused", 20)), await FormsAsync()).Single(d => d.Item == "CD0").Now!;

        Assert.True(spread.Withheld);
        Assert.Equal((null, null, 0, 0), (spread.Answered, spread.Missing, spread.Answers.Count, spread.Reasons.Count));
    }

    [Fact]
    public async Task A_few_who_gave_no_answer_are_not_told_by_reason_nor_in_all()
    {
        var spread = Distributions.Of(null, Answering("I2", "CD0", ("5", 30), ("refused", 3), ("dont_know", 5)), await FormsAsync()).Single(d => d.Item == "CD0").Now!;

        Assert.Null(spread.Missing);
        Assert.DoesNotContain(spread.Reasons, r => r.Count > 0);
    }

    [Fact]
    public async Task A_few_who_were_asked_only_once_are_left_out_as_in_the_indicators()
    {
        var after = Answering("I2", "CD0", ("4", 20), ("5", 20));
        var before = after with { Instrument = "I1", Interviews = [.. after.Interviews.SkipLast(3).Select(i => i with { Instrument = "I1" })] };

        var question = Distributions.Of(before, after, await FormsAsync()).Single(d => d.Item == "CD0");

        Assert.Equal((37, 37), (question.Before!.Answered, question.Now!.Answered));
        Assert.Equal(17, question.Now.Answers[4].Count);
    }

    [Fact]
    public async Task They_are_kept_as_bytes_with_their_hash_and_never_change()
    {
        var analysis = await ComputeAsync(await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I2", 0.6), daysAgo: 20));

        var answer = await _evaluator.GetAsync($"{Analyses}/{analysis.Id}/distributions");
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync()))}\"", answer.Headers.ETag!.Tag);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Analyses}/{analysis.Id}/distributions");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await _evaluator.SendAsync(again)).StatusCode);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync("update distributions set body = ''")));
        Assert.Contains("is written once", refused.MessageText);
    }

    [Fact]
    public async Task Computed_before_answers_were_counted_they_come_with_computing_again()
    {
        var wave = await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I2", 0.6), daysAgo: 20);
        var analysis = await ComputeAsync(wave);
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"set session_replication_role = replica; delete from distributions where analysis_id = {analysis.Id}; reset session_replication_role"));
        await _evaluator.GetAsync($"{Analyses}/{analysis.Id}/distributions").RefusesAsync(HttpStatusCode.NotFound, "distributions_unknown");

        Assert.Equal(analysis.Id, (await ComputeAsync(wave)).Id);
        Assert.NotEmpty(await ReadAsync(analysis));
    }

    [Fact]
    public async Task As_a_table_for_spreadsheets_each_answer_is_a_line_and_what_is_withheld_says_so()
    {
        var analysis = await ComputeAsync(await evaluation.FreezeAsync(Answering("I2", "AC1", ("yes", 30), ("no", 4)), daysAgo: 20));

        var lines = (await _evaluator.GetStringAsync($"{Analyses}/{analysis.Id}/distributions.csv")).Split("\r\n");

        Assert.StartsWith("\uFEFFitem,asked,question_en,", lines[0]);
        var yes = Assert.Single(lines, l => l.StartsWith("AC1,Worker,", StringComparison.Ordinal) && l.Contains(",answer,yes,", StringComparison.Ordinal));
        Assert.EndsWith(",34,0,answer,yes,Yes,نعم,yes,,", yes);
    }

    [Fact]
    public async Task Who_may_read_results_reads_them_and_nobody_else()
    {
        var path = $"{Analyses}/{(await ComputeAsync(await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I2", 0.6), daysAgo: 20))).Id}/distributions";

        foreach (var reader in (HttpClient[])[evaluation.As(Roles.ProgrammeOffice), evaluation.WithScope("evaluation.read")])
        {
            await reader.GetStringAsync(path);
            await reader.GetStringAsync($"{path}.csv");
        }
        foreach (var address in (string[])[path, $"{path}.csv"])
        {
            await evaluation.Anonymous().GetAsync(address).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
            await evaluation.As(Roles.Employer).GetAsync(address).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        await _evaluator.GetAsync($"{Analyses}/{Guid.NewGuid()}/distributions").RefusesAsync(HttpStatusCode.NotFound, "analysis_unknown");
    }

    private Task<AnalysisView> ComputeAsync(string wave, string? beforeWave = null) => _evaluator.PostAsync<AnalysisView>(Analyses, new { wave, beforeWave });

    private Task<List<Distribution>> ReadAsync(AnalysisView analysis) => _evaluator.GetAsync<List<Distribution>>($"{Analyses}/{analysis.Id}/distributions");

    private Task<List<InstrumentDefinition>> FormsAsync() => evaluation.InDbAsync(db => db.InstrumentVersions.Where(v => v.State != InstrumentState.Draft).Select(v => v.Definition).ToListAsync());

    /// <summary>Workers with so many of each answer to one item; null: left empty.</summary>
    private static Side Answering(string instrument, string item, params (string? Answer, int Count)[] answers) => new(instrument,
        [.. answers.SelectMany(a => Enumerable.Repeat(a.Answer, a.Count)).Select((answer, n) => new Interview(n + 1, instrument, RespondentGroup.Worker, $"R-{n:0000}",
            Simulation.Facility(n % 6), "Zone 1", "ne", false, null, new Dictionary<string, string?> { [item] = answer }))]);
}
