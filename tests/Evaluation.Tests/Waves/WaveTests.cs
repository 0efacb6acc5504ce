using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Waves;

public class WaveTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_wave_is_planned_changed_opened_and_closed_and_tells_where_it_asks()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1, 1);
        await survey.PlanAsync();
        var read = await survey.Evaluator.GetAsync(survey.Address);
        var changed = await (await survey.Evaluator.PutAsync(survey.Address, survey.Plan(instruments: ["I1", "I7"]), read.Headers.ETag!.Tag)).ReadAsync<WaveView>();
        Assert.Equal((WaveState.Planned, 2, "AlphaOutOfReach", 9), (changed.State, changed.FacilityCount, changed.Warning!.Code, changed.Warning.LeastFacilities));

        var opened = await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/open");

        Assert.Equal((WaveState.Open, 2), (opened.State, opened.FacilityCount));
        var heard = await evaluation.Broker.HeardAsync<WaveOpened>(w => w.WaveId == opened.Id);
        Assert.Equal(["I1", "I7"], heard.Instruments);
        Assert.Equal(survey.Places.Select(p => p.Id).Order(), heard.Facilities);
        var closed = await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        Assert.True(closed is { State: WaveState.Closed } && closed.Closes < opened.Closes);
        await survey.Evaluator.PutAsync(survey.Address, survey.Plan(), "*").RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await survey.Evaluator.PostAsync($"{survey.Address}/open", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_wave_that_cannot_be_opened_does_not_keep_the_others_closed()
    {
        var (broken, sound) = (await new Survey(evaluation).WithFacilitiesAsync(1), await new Survey(evaluation).WithFacilitiesAsync(1));
        await broken.PlanAsync(broken.Plan(opensIn: TimeSpan.FromHours(-2))); // it is the first in line
        await sound.PlanAsync(sound.Plan(opensIn: TimeSpan.FromHours(-1)));
        var trigger = $"t{Guid.NewGuid():n}";
        var (fail, mend) = ($"""
            create function {trigger}() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
            create trigger {trigger} before update on waves for each row when (new.code = '{broken.Code}') execute function {trigger}();
            """, $"drop trigger {trigger} on waves; drop function {trigger}");
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(fail));
        try
        {
            Assert.Equal(WaveState.Open, (await sound.AdvanceUntilAsync(WaveState.Open)).State);
            Assert.Equal(WaveState.Planned, (await broken.Evaluator.GetAsync<WaveView>(broken.Address)).State);
        }
        finally
        {
            await evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(mend));
        }
        await broken.AdvanceUntilAsync(WaveState.Open);
    }

    [Fact]
    public async Task Waves_open_and_close_by_plan_once_however_many_replicas_look()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var planned = await survey.PlanAsync(survey.Plan(opensIn: TimeSpan.FromMinutes(-1), lasts: TimeSpan.FromDays(400)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => survey.AdvanceAsync()));
        await survey.AdvanceAsync();

        await survey.AdvanceUntilAsync(WaveState.Open);
        await evaluation.Broker.HeardAsync<WaveOpened>(w => w.WaveId == planned.Id);
        Assert.Single(evaluation.Broker.Heard<WaveOpened>(w => w.WaveId == planned.Id));
        var now = evaluation.Clock.GetUtcNow();
        await evaluation.InDbAsync(db => db.Waves.Where(w => w.Id == planned.Id).ExecuteUpdateAsync(w => w.SetProperty(x => x.Closes, now)));
        await survey.AdvanceUntilAsync(WaveState.Closed);
    }

    [Fact]
    public async Task A_wave_can_ask_facilities_that_still_wait_to_compare_with()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var waiting = Guid.NewGuid();
        await evaluation.DeliverAsync(new FacilityApplied(waiting, $"F{Random.Shared.NextInt64(100_000, 9_999_999_999)}", Guid.NewGuid(), Guid.NewGuid(), survey.Zone, 800, DateTimeOffset.UtcNow));

        var opened = await survey.OpenAsync(survey.Plan(includesWaiting: true));

        Assert.Equal(2, opened.FacilityCount);
        var places = await evaluation.InDbAsync(db => Task.FromResult(db.WaveFacilities.Where(p => p.WaveId == opened.Id).ToList()));
        Assert.Equal(waiting, Assert.Single(places, p => p.Waiting).FacilityId);
    }

    [Fact]
    public async Task A_wave_that_would_ask_nothing_or_nowhere_is_refused()
    {
        var survey = new Survey(evaluation);
        var suspended = await survey.AddFacilityAsync(survey.Zone, 0);
        await evaluation.DeliverAsync(new FacilitySuspended(suspended.Id, "no power", evaluation.Clock.GetUtcNow()));
        await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = survey.Plan(instruments: ["I1", "X9"]) }).RefusesAsync(HttpStatusCode.BadRequest, "instrument_not_published");
        await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = survey.Plan(lasts: TimeSpan.Zero) }).RefusesAsync(HttpStatusCode.BadRequest, "wave_closes_before_it_opens");
        await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = survey.Plan(instruments: []) }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        var atlantis = await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = survey.Plan(zones: [survey.Zone, "Atlantis"]) }).RefusesAsync(HttpStatusCode.BadRequest, "zone_unknown");
        Assert.Equal("Atlantis", Assert.Single(atlantis.GetProperty("codes").EnumerateArray()).GetString());
        await survey.PlanAsync();
        await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = survey.Plan() }).RefusesAsync(HttpStatusCode.Conflict, "wave_already_planned");
        await survey.Evaluator.PostAsync($"{survey.Address}/open", new { }).RefusesAsync(HttpStatusCode.Conflict, "wave_without_facilities");
        await survey.Evaluator.GetAsync($"{Survey.Waves}/never").RefusesAsync(HttpStatusCode.NotFound, "wave_unknown");
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "wave_dates_far_off")]
    [InlineData("9998-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "wave_dates_far_off")]
    [InlineData("0001-01-01T00:00:00Z", "0001-02-01T00:00:00Z", "wave_in_past")]
    public async Task A_wave_in_a_year_that_cannot_be_meant_is_refused(string opens, string closes, string code)
    {
        var survey = new Survey(evaluation);
        await survey.Evaluator.PostAsync(Survey.Waves, new { code = survey.Code, plan = new { instruments = new[] { "I1" }, opens, closes } }).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_planned_wave_is_withdrawn_with_a_reason_and_asks_nobody()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(3);
        var place = survey.Places[0];
        var planned = await survey.PlanAsync();
        await survey.Evaluator.PostAsync<AnalysisPlanView>($"{survey.Address}/analysis-plans", new { text = "Headline tests as in the protocol." });
        await survey.Evaluator.PostAsync($"{survey.Address}/withdraw", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await evaluation.InDbAsync(async db => // as a cohort's has them before it opens
        {
            db.Add(new WaveFacility { WaveId = planned.Id, FacilityId = place.Id, Opens = planned.Opens.AddHours(-2), Closes = planned.Closes });
            await db.SaveChangesAsync();
        });
        await survey.DrawAsync(new { perCluster = 2 });
        var held = await survey.SubmitAsync(place, place.Workers[0]);
        await survey.Evaluator.PostAsync($"{survey.Address}/withdraw", new { reason = "The holidays" }).RefusesAsync(HttpStatusCode.Conflict, "wave_has_interviews");
        Assert.Equal(HttpStatusCode.NoContent, (await survey.Evaluator.PostAsync($"/api/evaluation/submissions/{held.Id}/delete", new { })).StatusCode);

        var withdrawn = await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/withdraw", new { reason = "The holidays" });

        Assert.Equal((WaveState.Withdrawn, 0, "The holidays", null), (withdrawn.State, withdrawn.FacilityCount, withdrawn.WhyWithdrawn, withdrawn.Warning));
        Assert.NotNull(withdrawn.WithdrawnAt);
        Assert.Empty(await survey.AssignmentsAsync());
        Assert.Empty((await survey.Evaluator.GetAsync<Page<Evaluation.Sampling.SampleView>>($"{survey.Address}/samples")).Items);
        Assert.Null((await survey.SubmitAsync(place, place.Workers[1])).WaveId);
        Assert.Single((await survey.Evaluator.GetAsync<Page<AnalysisPlanView>>($"{survey.Address}/analysis-plans")).Items);
        foreach (var (what, body) in new (string, object)[] { ("open", new { }), ("withdraw", new { reason = "Again" }), ("samples", new { perCluster = 2 }), ("analysis-plans", new { text = "A plan for a wave that is not." }) })
            await survey.Evaluator.PostAsync($"{survey.Address}/{what}", body).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await evaluation.As(Roles.ProgrammeOffice).PostAsync($"{survey.Address}/withdraw", new { reason = "Not mine" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Only_evaluators_write_and_employers_see_nothing()
    {
        var survey = new Survey(evaluation);
        var plan = new { code = survey.Code, plan = survey.Plan() };
        await evaluation.As(Roles.ProgrammeOffice).PostAsync(Survey.Waves, plan).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.Employer).GetAsync(Survey.Waves).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.NotNull(await evaluation.As(Roles.ProgrammeOffice).GetAsync<Page<WaveView>>($"{Survey.Waves}?state=Open&kind=Baseline"));
    }
}
