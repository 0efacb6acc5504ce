using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Sampling;

public class SampleTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task The_same_frame_design_and_seed_are_the_same_sample_and_another_seed_another()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(30, 20, 40, 10, 25, 35);
        var design = new { perCluster = 5, clusters = 3, seed = 20261122 };
        await survey.OpenAsync();
        var sample = await survey.DrawAsync(design);
        var members = await survey.MembersAsync();

        Assert.Equal((3, 15, 6, 160L), (sample.Facilities, sample.Respondents, sample.FrameFacilities, sample.FrameWorkers));
        Assert.Equal(15, members.Count);
        Assert.All(members, m => Assert.Equal(3 * 5 / 160d, m.Probability, 1e-12)); // proportional to size: everybody's chance is the same
        Assert.All(members, m => Assert.Equal(160 / 15d, m.Weight, 1e-9));
        var (frame, drawn) = (sample.FrameSha256, members.Select(m => m.Respondent));

        var again = new Survey(evaluation);
        await again.OpenAsync(survey.Plan());
        var second = await again.DrawAsync(design);
        Assert.Equal((frame, drawn), (second.FrameSha256, (await again.MembersAsync()).Select(m => m.Respondent)), Same);

        var other = new Survey(evaluation);
        await other.OpenAsync(survey.Plan());
        await other.DrawAsync(new { perCluster = 5, clusters = 3, seed = 1 });
        Assert.NotEqual(drawn, (await other.MembersAsync()).Select(m => m.Respondent));
    }

    private static bool Same((string Frame, IEnumerable<string> Drawn) a, (string Frame, IEnumerable<string> Drawn) b) => a.Frame == b.Frame && a.Drawn.SequenceEqual(b.Drawn);

    [Fact]
    public async Task Strata_with_one_facility_few_people_or_nobody_are_named()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(8, 8, 8);
        var (one, none) = ($"Zone {Guid.NewGuid():n}", $"Zone {Guid.NewGuid():n}");
        var small = await survey.AddFacilityAsync(one, 2);
        var empty = await survey.AddFacilityAsync(none, 0);
        await survey.OpenAsync(survey.Plan(zones: [survey.Zone, one, none]));

        var sample = await survey.DrawAsync(new { perCluster = 4, clusters = 3, seed = 5, stratifiedBy = "Zone", method = "Simple" });

        Assert.Equal((3, 10), (sample.Facilities, sample.Respondents));
        Assert.Contains($"Stratum '{one}' has one facility, {small.Code}: its own variance cannot be told.", sample.Notes);
        Assert.Contains($"Stratum '{none}' has no workers and nobody in the sample.", sample.Notes);
        Assert.Contains($"Without workers, and not drawn: {empty.Code}.", sample.Notes);
        Assert.Contains(sample.Notes, n => n.StartsWith("With 3 facilities no change, however great, can become significant", StringComparison.Ordinal) && n.EndsWith("At least 9 facilities are needed.", StringComparison.Ordinal));
        Assert.Contains($"Fewer than 4 workers, all of them in the sample: {small.Code}.", sample.Notes);
        var members = await survey.MembersAsync();
        Assert.All(members.Where(m => m.Stratum == one), m => Assert.Equal(1, m.Probability));
        Assert.All(members.Where(m => m.Stratum == survey.Zone), m => Assert.Equal(2 / 3d * 4 / 8, m.Probability, 1e-12));
        var clusters = (await survey.Evaluator.GetAsync<Page<ClusterView>>($"{survey.Address}/samples/1/clusters")).Items;
        Assert.Equal((5, 2), (clusters.Count, clusters.Count(c => c.Probability is null)));
    }

    [Fact]
    public async Task Designs_that_the_frame_cannot_have_are_refused()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(3, 3, 0);
        await survey.OpenAsync();

        var few = await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 2, clusters = 1 }).RefusesAsync(HttpStatusCode.Conflict, "clusters_too_few");
        Assert.Equal(2, few.GetProperty("least").GetInt32());
        await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 2, clusters = 3 }).RefusesAsync(HttpStatusCode.Conflict, "clusters_too_many");
        await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 0 }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 2, method = "Panel" }).RefusesAsync(HttpStatusCode.BadRequest, "method_draws_nobody");
        await evaluation.As(Roles.ProgrammeOffice).PostAsync($"{survey.Address}/samples", new { perCluster = 2 }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await survey.DrawAsync(new { perCluster = 2 });
        await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 2 }).RefusesAsync(HttpStatusCode.Conflict, "frame_empty");

        var planned = new Survey(evaluation);
        await planned.PlanAsync(survey.Plan());
        foreach (var (way, body) in new (string, object)[] { ("samples", new { perCluster = 2 }), ("samples/panel", new { wave = survey.Code }) })
            await planned.Evaluator.PostAsync($"{planned.Address}/{way}", body).RefusesAsync(HttpStatusCode.Conflict, "wave_facilities_not_settled");

        var checklists = new Survey(evaluation);
        await checklists.OpenAsync(survey.Plan(instruments: ["I7"]));
        await checklists.Evaluator.PostAsync($"{checklists.Address}/samples", new { perCluster = 2 }).RefusesAsync(HttpStatusCode.Conflict, "wave_asks_no_workers");
    }

    [Fact]
    public async Task A_wave_whose_facilities_come_one_by_one_is_drawn_from_each_once()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(6);
        var wave = await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 2, seed = 9 });
        var joined = await survey.AddFacilityAsync(survey.Zone, 5);
        await evaluation.InDbAsync(async db =>
        {
            db.Add(new WaveFacility { WaveId = wave.Id, FacilityId = joined.Id, Opens = wave.Opens, Closes = wave.Closes });
            await db.SaveChangesAsync();
        });

        var second = await survey.DrawAsync(new { perCluster = 2, seed = 9 });

        Assert.Equal((2, 1, 2), (second.Number, second.FrameFacilities, second.Respondents));
        Assert.All(await survey.MembersAsync(2), m => Assert.Equal(joined.Code, m.Facility));
        Assert.Equal(4, (await survey.AssignmentsAsync()).Count);
    }

    [Fact]
    public async Task Who_was_asked_in_one_wave_is_asked_again_in_the_next_with_the_chance_of_the_first()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(10, 10);
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 3, seed = 2 });
        var next = new Survey(evaluation);
        await next.OpenAsync(survey.Plan(instruments: ["I2"]));

        var panel = await next.Evaluator.PostAsync<SampleView>($"{next.Address}/samples/panel", new { wave = survey.Code });

        Assert.Equal((SampleMethod.Panel, survey.Code, 6), (panel.Method, panel.OfWave, panel.Respondents));
        Assert.Equal((await survey.MembersAsync()).Select(m => (m.Respondent, m.Probability)), (await next.MembersAsync()).Select(m => (m.Respondent, m.Probability)));
        Assert.All(await next.AssignmentsAsync(), a => Assert.Equal(("I2", AssignmentState.Due), (a.Instrument, a.State)));
        await next.Evaluator.PostAsync($"{next.Address}/samples/panel", new { wave = survey.Code }).RefusesAsync(HttpStatusCode.Conflict, "panel_empty");
    }

    [Theory]
    [InlineData(WaveKind.Baseline, null, "I1"), InlineData(WaveKind.Endline, null, "I2"), InlineData(WaveKind.FollowUp, null, "I1 I2"), InlineData(WaveKind.HalfYear, null, "I1 I2")]
    [InlineData(WaveKind.Endline, "I2 I1 I2", "I1 I2"), InlineData(WaveKind.HalfYear, "I2", "I2")]
    public async Task Who_is_drawn_is_asked_what_the_draw_names_or_what_the_waves_kind_is_about(WaveKind kind, string? named, string asked)
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        await survey.OpenAsync(survey.Plan(instruments: ["I1", "I2", "I7"]), kind); // of a follow-up that lacks its own all is asked

        var sample = await survey.DrawAsync(new { perCluster = 1, instruments = named?.Split(' ') });

        Assert.Equal(asked.Split(' '), sample.Instruments);
        Assert.Equal(asked.Split(' '), (await survey.AssignmentsAsync()).Select(a => a.Instrument).Order());
        var next = new Survey(evaluation);
        await next.OpenAsync(survey.Plan(instruments: ["I1", "I2", "I7"]), kind);
        Assert.Equal(asked.Split(' '), (await next.Evaluator.PostAsync<SampleView>($"{next.Address}/samples/panel", new { wave = survey.Code, instruments = named?.Split(' ') })).Instruments);
    }

    [Fact]
    public async Task What_the_wave_does_not_ask_workers_is_asked_of_nobody()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        await survey.OpenAsync(survey.Plan(instruments: ["I1", "I7"]));

        foreach (var (path, request) in new (string, object)[] { ("samples", new { perCluster = 1, instruments = new[] { "I1", "I7", "I2" } }), ("samples/panel", new { wave = survey.Code, instruments = new[] { "I7", "I2" } }) })
        {
            var refused = await survey.Evaluator.PostAsync($"{survey.Address}/{path}", request).RefusesAsync(HttpStatusCode.BadRequest, "instrument_not_asked");
            Assert.Equal(["I7", "I2"], refused.GetProperty("codes").EnumerateArray().Select(c => c.GetString()));
        }
        await survey.Evaluator.PostAsync($"{survey.Address}/samples", new { perCluster = 1, instruments = Array.Empty<string>() }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        Assert.Empty(await survey.AssignmentsAsync());
    }

    [Fact]
    public async Task A_sample_is_drawn_once_however_often_the_same_request_comes()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(4, 4);
        await survey.OpenAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await survey.Evaluator.PostOnceAsync($"{survey.Address}/samples", new { perCluster = 2 }, "once-" + survey.Code)).StatusCode);

        Assert.Equal(1, await evaluation.InDbAsync(db => db.Samples.CountAsync(s => db.Waves.Any(w => w.Id == s.WaveId && w.Code == survey.Code))));
    }
}
