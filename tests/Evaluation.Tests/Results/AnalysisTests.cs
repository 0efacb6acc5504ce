using System.Net;
using System.Security.Cryptography;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Evaluation.Tests.Results;

public class AnalysisTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    private const string Analyses = "/api/evaluation/analyses";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Fact]
    public async Task Computing_twice_gives_the_same_analysis_and_the_bytes_that_its_hash_says()
    {
        var (before, after) = await PairAsync();
        var first = await ComputeAsync(after, before);
        var again = await ComputeAsync(after, before);

        Assert.Equal((first.Id, 1), (again.Id, again.Number));
        Assert.Equal((before, "I1", after, "I2"), (first.BeforeWave, first.BeforeInstrument, first.Wave, first.Instrument));
        var result = await _evaluator.GetAsync($"{Analyses}/{first.Id}/results/independent-users");
        var body = await result.Content.ReadAsByteArrayAsync();
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"", result.Headers.ETag!.Tag);
        Assert.Equal((480, "Holm"), (ResultsEngine.Read(body).Measures[0].Overall.NMatched, ResultsEngine.Read(body).Measures[0].Overall.Change!.Test.Correction));
        var whole = await _evaluator.GetAsync<System.Text.Json.JsonElement>($"{Analyses}/{first.Id}");
        Assert.Equal(11, whole.GetProperty("results").GetArrayLength());
        Assert.Contains((await _evaluator.GetAsync<Postgres.Page<AnalysisView>>($"{Analyses}?wave={after}")).Items, a => a.Id == first.Id);
    }

    [Fact]
    public async Task An_analysis_names_the_facilities_that_it_rests_on_and_a_facility_the_analyses_that_rest_on_it()
    {
        var (elsewhere, here) = (Guid.NewGuid(), Guid.NewGuid());
        var simulation = new Simulation(3, facilities: 2, each: 12);
        var before = await evaluation.FreezeAsync(simulation.Wave("I1", 0.4), daysAgo: 60, facility: f => f == Simulation.Facility(0) ? here : elsewhere);
        var analysis = await ComputeAsync(await evaluation.FreezeAsync(simulation.Wave("I2", 0.6, isAsked: w => w != 0), daysAgo: 30, facility: f => f == Simulation.Facility(0) ? here : elsewhere), before);

        var facilities = (await _evaluator.GetAsync<Postgres.Page<AnalysisFacility>>(analysis.Facilities)).Items;

        Assert.Equal(new[] { here, elsewhere }.Order(), facilities.Select(f => f.FacilityId).Order());
        var one = facilities.Single(f => f.FacilityId == here);
        Assert.Equal(("Zone 0", 12, 11, $"/api/inventory/devices?kitId={here}"), (one.Zone, one.Interviews[before], one.Interviews[analysis.Wave], one.Links["devices"]));
        Assert.Equal([analysis.Id], (await _evaluator.GetAsync<Postgres.Page<AnalysisView>>($"{Analyses}?facilityId={here}")).Items.Select(a => a.Id));
        await evaluation.Anonymous().GetAsync(analysis.Facilities).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await evaluation.WithScope("evaluation.read").GetAsync(analysis.Facilities).RefusesAsync(HttpStatusCode.Forbidden, "forbidden"); // counts of few people
        await evaluation.WithScope("evaluation.interviews").GetStringAsync(analysis.Facilities);
    }

    [Fact]
    public async Task A_new_definition_gives_a_new_analysis_beside_the_old()
    {
        var wave = await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I2", 0.6), daysAgo: 20);
        var first = await ComputeAsync(wave);
        await ImportAsync(Given.Definition("support") with { Version = 2, Measures = [Given.Definition("support").Measures[0] with { Target = 0.8 }] });
        var second = await ComputeAsync(wave);

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.NotEqual(first.Sha256, second.Sha256);
        Assert.Equal((1, 2), (await VersionAsync(first), await VersionAsync(second)));
        async Task<int> VersionAsync(AnalysisView analysis) =>
            ResultsEngine.Read(await _evaluator.GetByteArrayAsync($"{Analyses}/{analysis.Id}/results/support")).DefinitionVersion;
    }

    [Theory]
    [InlineData("learning-materials")] // a planned test, and given up
    [InlineData("entertainment")] // none, and made one
    public async Task What_was_chosen_when_the_wave_was_over_is_not_called_planned(string indicator)
    {
        var (before, after) = await PairAsync();
        Assert.True(await IsPlannedAsync());
        var shipped = Given.Definition(indicator);
        await ImportAsync(Given.Definition("internet-frequency") with { Version = 1 + await evaluation.InDbAsync(db => db.IndicatorDefinitions.CountAsync(d => d.Code == "internet-frequency")) });
        Assert.True(await IsPlannedAsync()); // it has no planned test

        await ImportAsync(shipped with { Version = 2, Measures = [.. shipped.Measures.Select((m, i) => i > 0 ? m : m with { Family = m.Family == Family.Confirmatory ? Family.Exploratory : Family.Confirmatory })] });
        Assert.False(await IsPlannedAsync());

        (before, after) = await PairAsync();
        Assert.True(await IsPlannedAsync()); // of a wave that closes later it was known beforehand
        async Task<bool> IsPlannedAsync()
        {
            var result = ResultsEngine.Read(await _evaluator.GetByteArrayAsync($"{Analyses}/{(await ComputeAsync(after, before)).Id}/results/confidence-computers"));
            Assert.Equal(result.Planned ? "Holm" : "Benjamini-Hochberg", result.Measures[0].Overall.Change!.Test.Correction);
            return result.Planned;
        }
    }

    [Theory]
    [InlineData("update analyses set number = 9")]
    [InlineData("update results set body = ''")]
    [InlineData("delete from results")]
    [InlineData("update indicator_definitions set version = 9")]
    public async Task The_database_refuses_to_change_what_was_computed(string change)
    {
        await ComputeAsync(await evaluation.FreezeAsync(new Simulation(1, 6, 12).Wave("I2", 0.6), daysAgo: 20));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(change)));
        Assert.Contains("is written once", refused.MessageText);
    }

    /// <summary>Half of those at the first facility cannot do without help, nobody at the second.</summary>
    private static Side NeedingHelp()
    {
        var wave = new Simulation(1, facilities: 2, each: 20).Wave("I2", 0.5);
        return wave with { Interviews = [.. wave.Interviews.Select((w, i) => w with { Answers = new Dictionary<string, string?>(w.Answers)
            { ["IU1"] = i < 20 && i % 2 == 0 ? "no" : "yes", ["IU2"] = i < 20 && i % 2 == 0 ? "money-transfer other" : null } })] };
    }

    [Fact]
    public async Task A_simulated_wave_sends_no_trainer_anywhere()
    {
        var analysis = await ComputeAsync(await evaluation.FreezeAsync(NeedingHelp(), daysAgo: 20, isSimulated: true));
        await _evaluator.PostAsync<AnalysisView>($"{Analyses}/{analysis.Id}/publish");

        var waveId = await evaluation.InDbAsync(db => db.Waves.Where(w => w.Code == analysis.Wave).Select(w => w.Id).SingleAsync());
        await evaluation.Broker.HeardAsync<ResultPublished>(r => r.WaveId == waveId, 11);
        Assert.Equal(0, await evaluation.InDbAsync(db => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from outbox_messages where type = 'RefresherNeeded' and body->>'WaveId' = {waveId.ToString()}").SingleAsync()));
        Assert.Empty(evaluation.Broker.Heard<RefresherNeeded>(r => r.WaveId == waveId));
    }

    [Fact]
    public async Task Publishing_tells_of_every_result_and_asks_for_refreshers_where_many_need_help()
    {
        var (weak, fine) = (Guid.NewGuid(), Guid.NewGuid());
        var answers = NeedingHelp();
        var analysis = await ComputeAsync(await evaluation.FreezeAsync(answers, daysAgo: 20, facility: f => f == Simulation.Facility(0) ? weak : fine));

        var published = await _evaluator.PostAsync<AnalysisView>($"{Analyses}/{analysis.Id}/publish");

        Assert.NotNull(published.PublishedAt);
        var waveId = await evaluation.InDbAsync(db => db.Waves.Where(w => w.Code == analysis.Wave).Select(w => w.Id).SingleAsync());
        var results = await evaluation.Broker.HeardAsync<ResultPublished>(r => r.WaveId == waveId, 11);
        Assert.Equal(11, results.Select(r => r.Event.Indicator).Distinct().Count());
        var need = await evaluation.Broker.HeardAsync<RefresherNeeded>(r => r.WaveId == waveId);
        Assert.Equal((weak, "money-transfer", 10), (need.FacilityId, need.Topic, need.Workers));
        Assert.DoesNotContain(evaluation.Broker.Heard<RefresherNeeded>(r => r.WaveId == waveId), r => r.Event.FacilityId == fine);
        await _evaluator.PostAsync($"{Analyses}/{analysis.Id}/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "analysis_already_published");
    }

    [Fact]
    public async Task Of_two_analyses_of_a_wave_published_at_once_one_asks_for_refreshers()
    {
        var before = await evaluation.FreezeAsync(new Simulation(1, facilities: 2, each: 20).Wave("I1", 0.5), daysAgo: 40);
        var wave = await evaluation.FreezeAsync(NeedingHelp(), daysAgo: 20);
        var (alone, compared) = (await ComputeAsync(wave), await ComputeAsync(wave, before));

        // Only this wave's row: other tests publish meanwhile, and a lock of the table would count them among those that wait.
        await using var held = await HeldLock.TakeAsync(evaluation.Services, $"select from waves where code = '{wave}' for update");
        var publishing = new[] { alone, compared }.Select(a => _evaluator.PostAsync<AnalysisView>($"{Analyses}/{a.Id}/publish")).ToList();
        await held.WaitForAsync(2);
        await held.ReleaseAsync();
        await Task.WhenAll(publishing);

        var waveId = await evaluation.InDbAsync(db => db.Waves.Where(w => w.Code == wave).Select(w => w.Id).SingleAsync());
        await evaluation.Broker.HeardAsync<ResultPublished>(r => r.WaveId == waveId, 22);
        await Eventually.BecomesAsync(() => evaluation.InDbAsync(db => db.Database.SqlQuery<int>(
            $"select count(*)::int as \"Value\" from outbox_messages where body ->> 'WaveId' = {waveId.ToString()}").SingleAsync()), unsent => unsent == 0);
        Assert.Single(await evaluation.Broker.HeardAsync<RefresherNeeded>(r => r.WaveId == waveId, 1));
    }

    [Fact]
    public async Task What_cannot_be_computed_is_refused_with_the_reason()
    {
        var closed = await evaluation.CloseAsync("I2", daysAgo: 20);
        var (before, after) = await PairAsync();
        var mixed = await evaluation.FreezeAsync(new Side("I1", [.. new Simulation(1, 6, 12).Wave("I1", 0.5).Interviews,
            .. new Simulation(1, 6, 12).Wave("I2", 0.5).Interviews.Select(i => i with { Number = i.Number + 1000 })]), daysAgo: 15);

        await RefusedAsync(new { wave = closed }, HttpStatusCode.Conflict, "wave_not_frozen");
        await RefusedAsync(new { wave = "nowhere" }, HttpStatusCode.NotFound, "wave_unknown");
        await RefusedAsync(new { wave = before, beforeWave = after }, HttpStatusCode.BadRequest, "waves_in_wrong_order");
        await RefusedAsync(new { wave = after, beforeWave = after }, HttpStatusCode.BadRequest, "nothing_to_compare");
        await RefusedAsync(new { wave = after, instrument = "I3" }, HttpStatusCode.BadRequest, "instrument_not_in_wave");
        await RefusedAsync(new { wave = mixed }, HttpStatusCode.BadRequest, "instrument_needed");
        await RefusedAsync(new { }, HttpStatusCode.BadRequest, "validation_failed");
        Assert.Equal("I2", (await _evaluator.PostAsync<AnalysisView>(Analyses, new { wave = mixed, instrument = "I2", beforeWave = mixed, beforeInstrument = "I1" })).Instrument);
        Assert.Equal(HttpStatusCode.Forbidden, (await evaluation.As(Roles.Employer).PostAsync(Analyses, new { wave = after })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await evaluation.As(Roles.ProgrammeOffice).PostAsync(Analyses, new { wave = after })).StatusCode);
        await _evaluator.GetAsync($"{Analyses}/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "analysis_unknown");

        Task RefusedAsync(object request, HttpStatusCode status, string code) => _evaluator.PostAsync(Analyses, request).RefusesAsync(status, code);
    }

    [Fact]
    public async Task Only_a_baseline_takes_facilities_that_were_open_for_not_yet_treated()
    {
        var (open, waiting) = (new Simulation(11, 18), new Simulation(12, 12));
        Side Both(string instrument, double level) =>
            new(instrument, [.. open.Wave(instrument, level).Interviews, .. waiting.Wave("I1", 0.4, waiting: true).Interviews.Select(i => i with { Number = i.Number + 1000 })]);
        var (before, later) = (Both("I1", 0.4), Both("I2", 0.8));
        var (baseline, halfYear, after) = (await evaluation.FreezeAsync(before, daysAgo: 60, kind: WaveKind.Baseline), await evaluation.FreezeAsync(before, daysAgo: 60), await evaluation.FreezeAsync(later, daysAgo: 30));

        Assert.Equal((18, 12), await ComparisonAsync(baseline) is { } compared ? (compared.Open, compared.Waiting) : default);
        Assert.Null(await ComparisonAsync(halfYear));
        async Task<Comparison?> ComparisonAsync(string wave) =>
            ResultsEngine.Read(await _evaluator.GetByteArrayAsync($"{Analyses}/{(await ComputeAsync(after, wave)).Id}/results/independent-users")).Measures[0].Comparison;
    }

    [Fact]
    public async Task Everybody_reads_the_definitions_with_their_rules()
    {
        var definitions = await evaluation.Anonymous().GetAsync<List<IndicatorDefinition>>("/api/evaluation/public/indicators");

        Assert.Equal(Enumerable.Range(1, 11), definitions.Select(d => d.Number).Distinct());
        Assert.Equal(["4", "5"], definitions.First(d => d.Code == "confidence-computers").Measures[0].Counts!);
        Assert.Contains("/api/evaluation/analyses", await evaluation.Anonymous().GetStringAsync("/openapi/evaluation.json"));
    }

    private Task<AnalysisView> ComputeAsync(string wave, string? beforeWave = null) => _evaluator.PostAsync<AnalysisView>(Analyses, new { wave, beforeWave });

    private Task ImportAsync(IndicatorDefinition definition) => evaluation.InDbAsync(db =>
    {
        db.Add(new StoredDefinition { Code = definition.Code, Version = definition.Version, Definition = definition, Sha256 = [1], ImportedAt = evaluation.Clock.GetUtcNow() });
        return db.SaveChangesAsync();
    });

    private async Task<(string Before, string After)> PairAsync()
    {
        var simulation = new Simulation(21);
        return (await evaluation.FreezeAsync(simulation.Wave("I1", 0.4), daysAgo: 60), await evaluation.FreezeAsync(simulation.Wave("I2", 0.7), daysAgo: 30));
    }
}
