using System.Net;
using System.Security.Cryptography;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Evaluation.Tests.Waves;

public class FreezeTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_frozen_wave_holds_what_was_accepted_then_whatever_happens_later()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(4);
        var place = survey.Places[0];
        var wave = await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 2, seed = 1 });
        var first = await survey.SubmitAsync(place, place.Workers[0]);
        var second = await survey.SubmitAsync(place, place.Workers[1]);
        var again = await survey.SubmitAsync(place, place.Workers[0]);
        var rejected = await survey.SubmitAsync(place, place.Workers[2]);
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{rejected.Id}/reject", new { reason = "The worker had left" });
        foreach (var id in new[] { first.Id, second.Id, again.Id }) await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{id}/approve"); // whoever was not drawn
        await survey.Evaluator.PostAsync<AnalysisPlanView>($"{survey.Address}/analysis-plans", new { text = "Headline tests as in the protocol." });
        await survey.Evaluator.PostAsync($"{survey.Address}/freeze", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        var late = await survey.SubmitAsync(place, place.Workers[3]);
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{late.Id}/approve");

        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        var afterwards = await survey.SubmitAsync(place, place.Workers[2]);
        await survey.SubmitAsync(place, place.Workers[1], deprecates: second.InstanceId);
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{first.Id}/reject", new { reason = "Found out later" });

        Assert.Equal((0, 1), (frozen.Afterwards, (await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot")).Afterwards));
        var rows = await RowsAsync(wave.Id);
        Assert.Equal([first.Id, second.Id, late.Id], rows.Select(r => r.SubmissionId));
        Assert.DoesNotContain(rows, r => r.SubmissionId == again.Id);
        Assert.Equal([false, false, true], rows.Select(r => r.Late));
        Assert.True(afterwards.Late && afterwards.WaveId == wave.Id);
        Assert.All(rows, r => Assert.Equal((survey.Zone, "ne", false, "yes"), (r.Zone, r.Language, r.Waiting, r.Answers.GetProperty("AC1").GetString())));
        Assert.All(rows.Where(r => r.InclusionProbability is not null), r => Assert.Equal(0.5, r.InclusionProbability));
        Assert.Equal((2, 0, 0, 1), (frozen.Format, frozen.UnknownCards, frozen.NotDrawn, frozen.Duplicates));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. rows.SelectMany(r => r.Sha256)])), frozen.Sha256);
        Assert.Equal((3, 3), (frozen.Submissions, frozen.Instruments["I1"]));
        var read = await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot");
        Assert.Equal((frozen.Sha256, frozen.AnalysisPlan), (read.Sha256, read.AnalysisPlan));
        Assert.Equal((WaveState.Frozen, frozen.Sha256), (await survey.Evaluator.GetAsync<WaveView>(survey.Address)) is var view ? (view.State, view.Snapshot) : default);
        await survey.Evaluator.PostAsync($"{survey.Address}/freeze", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task Each_interview_is_frozen_with_the_month_in_which_its_facility_got_in_line_for_delivery()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1, 1, 1);
        var (early, late, never) = (survey.Places[0], survey.Places[1], survey.Places[2]);
        var now = evaluation.Clock.GetUtcNow();
        await ReadyAsync(early, new(2026, 5, 20, 0, 0, 0, TimeSpan.Zero));
        await ReadyAsync(early, new(2026, 3, 31, 23, 0, 0, TimeSpan.Zero)); // told later, and was first
        await ReadyAsync(late, now.AddHours(2)); // after the wave opens
        var wave = await survey.OpenAsync();
        foreach (var place in survey.Places) await survey.SubmitAsync(place, place.Workers[0]);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        var batches = (await RowsAsync(wave.Id)).ToDictionary(r => r.FacilityId!.Value, r => r.Batch);
        Assert.Equal(("2026-03", null, null), (batches[early.Id], batches[late.Id], batches[never.Id]));
        Task ReadyAsync(Place place, DateTimeOffset at) => evaluation.DeliverAsync(new FacilitySpaceReady(place.Id, place.Code, survey.Zone, 0, 10, 1, at), times: 2);
    }

    [Fact]
    public async Task Who_declined_at_first_and_agreed_later_counts_with_the_later_interview()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var wave = await survey.OpenAsync();
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0], consent: "no");
        var agreed = await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        Assert.Equal(agreed.Id, Assert.Single(await RowsAsync(wave.Id)).SubmissionId);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_what_is_frozen()
    {
        var survey = await FrozenAsync();
        var wave = await survey.Evaluator.GetAsync<WaveView>(survey.Address);

        foreach (var sql in new[]
        {
            $"update snapshot_submissions set late = true where wave_id = '{wave.Id}'", $"delete from snapshot_submissions where wave_id = '{wave.Id}'",
            $"update wave_snapshots set submissions = 7 where wave_id = '{wave.Id}'", $"delete from wave_snapshots where wave_id = '{wave.Id}'", "truncate snapshot_submissions",
            $"insert into snapshot_submissions select wave_id, submission_id + 1000000, raw_sha256, instrument, respondent_group, respondent, facility_id, zone, waiting, language, inclusion_probability, late, answers, sha256 from snapshot_submissions where wave_id = '{wave.Id}'",
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
            Assert.Equal("P0001", refused.SqlState);
        }
        Assert.Single(await RowsAsync(wave.Id));
    }

    [Fact]
    public async Task Interviews_of_whom_nobody_knows_or_nobody_drew_are_flagged_and_stay_out_unless_an_evaluator_approved_them()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(6);
        var place = survey.Places[0];
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 3, seed = 1 });
        var members = (await survey.MembersAsync()).Select(m => m.Respondent).ToHashSet();
        var asked = new List<SubmissionView>();
        foreach (var worker in place.Workers) asked.Add(await survey.SubmitAsync(place, worker));
        var made = new List<SubmissionView>();
        for (var i = 0; i < 2; i++) made.Add(await survey.SubmitAsync(place, new(Guid.NewGuid(), $"W-MADE-UP-{survey.Code}-{i}", [])));
        var notDrawn = asked.Where(s => !members.Contains(s.Respondent!)).ToList();

        Assert.All(asked, s => Assert.Equal((false, !members.Contains(s.Respondent!)), (s.UnknownCard, s.NotDrawn)));
        Assert.All(made, s => Assert.Equal((true, true), (s.UnknownCard, s.NotDrawn)));
        Assert.Equal(made.Select(s => s.Id).Order(), (await ListAsync("unknownCard=true")).Order());
        Assert.Equal(notDrawn.Concat(made).Select(s => s.Id).Order(), (await ListAsync("notDrawn=true")).Order());
        Assert.Equal(3, (await ListAsync("notDrawn=false")).Count);

        foreach (var accepted in new[] { made[0], notDrawn[0] }) await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{accepted.Id}/approve");
        var wave = await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        Assert.Equal((5, 1, 2), (frozen.Submissions, frozen.UnknownCards, frozen.NotDrawn));
        Assert.Equal(asked.Except(notDrawn).Append(made[0]).Append(notDrawn[0]).Select(s => s.Id).Order(), (await RowsAsync(wave.Id)).Select(r => r.SubmissionId));
        async Task<List<long>> ListAsync(string filter) =>
            [.. (await survey.Evaluator.GetAsync<Page<SubmissionView>>($"/api/evaluation/submissions?facility={place.Code}&{filter}")).Items.Select(s => s.Id)];
    }

    [Fact]
    public async Task Where_a_facility_still_waits_nobody_has_a_card_and_nobody_is_flagged()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        var waiting = await AddWaitingAsync(survey);
        var wave = await survey.OpenAsync(survey.Plan(includesWaiting: true));
        await survey.DrawAsync(new { perCluster = 2 });

        var slip = await survey.SubmitAsync(waiting, waiting.Workers[0]);

        Assert.Equal((wave.Id, false, false), (slip.WaveId, slip.UnknownCard, slip.NotDrawn));
    }

    [Fact]
    public async Task Two_people_under_one_slip_are_one_and_the_snapshot_tells_how_many_are_lost_so()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var (waiting, other) = (await AddWaitingAsync(survey), await AddWaitingAsync(survey));
        var wave = await survey.OpenAsync(survey.Plan(includesWaiting: true));
        JoinedWorker none = new(Guid.NewGuid(), $"NONE-{survey.Code}", []);
        SubmissionView[] numbered = [await survey.SubmitAsync(waiting, waiting.Workers[0]), await survey.SubmitAsync(other, other.Workers[0])];
        var first = await survey.SubmitAsync(waiting, none);
        foreach (var place in new[] { waiting, other }) await survey.SubmitAsync(place, none);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        Assert.Equal((3, 2), (frozen.Submissions, frozen.Duplicates));
        Assert.Equal([.. numbered.Select(s => s.Id), first.Id], (await RowsAsync(wave.Id)).Select(r => r.SubmissionId));
        Assert.Equal(2, (await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot")).Duplicates);
    }

    [Fact]
    public async Task A_wave_of_nothing_but_made_up_cards_is_not_frozen_and_says_why()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        await survey.OpenAsync();
        await survey.SubmitAsync(survey.Places[0], new(Guid.NewGuid(), $"W-MADE-UP-{survey.Code}", []));
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        var refused = await survey.Evaluator.PostAsync($"{survey.Address}/freeze", new { }).RefusesAsync(HttpStatusCode.Conflict, "nothing_to_freeze");

        Assert.Equal((1, 0), (refused.GetProperty("unknownCards").GetInt32(), refused.GetProperty("notDrawn").GetInt32()));
    }

    [Fact]
    public async Task An_interview_whose_last_file_has_not_come_stays_out_and_is_counted()
    {
        var (field, survey, now) = (await FieldWork.PrepareAsync(evaluation), new Survey(evaluation), evaluation.Clock.GetUtcNow());
        await survey.OpenAsync(new { instruments = new[] { "I1" }, opens = now.AddHours(1), closes = now.AddDays(30), facilities = new[] { field.Facility } });
        await field.Phone.SubmitAsync((await field.FillAsync()).Xml);
        Assert.True((await field.Phone.SubmitAsync((await field.FillAsync(card: field.Workers[1].Code)).Xml, incomplete: true, ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]))).IsSuccess);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");

        Assert.Equal((1, 1, 0), (frozen.Submissions, frozen.Incomplete, frozen.Afterwards));
    }

    [Fact]
    public async Task With_approved_only_what_nobody_reviewed_stays_out()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(2);
        await survey.OpenAsync();
        var approved = await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[1]);
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{approved.Id}/approve");
        var wave = await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        Assert.True((await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze", new { approvedOnly = true })).ApprovedOnly);
        Assert.Equal([approved.Id], (await RowsAsync(wave.Id)).Select(r => r.SubmissionId));
    }

    [Fact]
    public async Task A_wave_without_answers_cannot_be_frozen_and_stays_closed()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        await survey.OpenAsync();
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        await survey.Evaluator.PostAsync($"{survey.Address}/freeze", new { }).RefusesAsync(HttpStatusCode.Conflict, "nothing_to_freeze");

        Assert.Equal(WaveState.Closed, (await survey.Evaluator.GetAsync<WaveView>(survey.Address)).State);
        await survey.Evaluator.GetAsync($"{survey.Address}/snapshot").RefusesAsync(HttpStatusCode.NotFound, "snapshot_unknown");
    }

    [Fact]
    public async Task An_analysis_plan_is_kept_as_it_was_saved_and_none_is_saved_after_closing()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        await survey.OpenAsync();
        const string Text = "Headline: indicators 2, 4, 5, 6a, 6b, 10, 11; Holm at 0.05.";
        var saved = await survey.Evaluator.PostAsync<AnalysisPlanView>($"{survey.Address}/analysis-plans", new { text = Text });
        await survey.Evaluator.PostAsync<AnalysisPlanView>($"{survey.Address}/analysis-plans", new { text = Text + " Amended." });
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");

        await survey.Evaluator.PostAsync($"{survey.Address}/analysis-plans", new { text = Text }).RefusesAsync(HttpStatusCode.Conflict, "analysis_plan_closed");

        var plans = (await survey.Evaluator.GetAsync<Page<AnalysisPlanView>>($"{survey.Address}/analysis-plans")).Items;
        Assert.Equal([2, 1], plans.Select(p => p.Number));
        Assert.Equal((Text, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)))), (plans[1].Text, saved.Sha256));
        Assert.Equal(plans[0].Sha256, (await survey.Evaluator.GetAsync<WaveView>(survey.Address)).AnalysisPlan);
        await evaluation.As(Roles.ProgrammeOffice).PostAsync($"{survey.Address}/analysis-plans", new { text = Text }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await Assert.ThrowsAsync<PostgresException>(() => evaluation.InDbAsync(db => db.AnalysisPlans.ExecuteUpdateAsync(p => p.SetProperty(x => x.Text, "Another"))));
    }

    [Fact]
    public async Task No_analysis_plan_is_saved_after_the_end_of_a_wave_that_nobody_has_closed_yet()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        var wave = await survey.OpenAsync();
        var now = evaluation.Clock.GetUtcNow();
        await evaluation.InDbAsync(db => db.Waves.Where(w => w.Id == wave.Id).ExecuteUpdateAsync(w => w.SetProperty(x => x.Closes, now)));

        await survey.Evaluator.PostAsync($"{survey.Address}/analysis-plans", new { text = "Thought of when the answers were in." }).RefusesAsync(HttpStatusCode.Conflict, "analysis_plan_closed");

        Assert.Empty((await survey.Evaluator.GetAsync<Page<AnalysisPlanView>>($"{survey.Address}/analysis-plans")).Items);
    }

    /// <summary>With one person, who has the slip that the form's hint asks for.</summary>
    private async Task<Place> AddWaitingAsync(Survey survey)
    {
        var code = $"F{Random.Shared.NextInt64(100_000, 9_999_999_999)}";
        var place = new Place(Guid.NewGuid(), code, [new(Guid.NewGuid(), $"{code}-1", [])]);
        await evaluation.DeliverAsync(new FacilityApplied(place.Id, place.Code, Guid.NewGuid(), Guid.NewGuid(), survey.Zone, 800, evaluation.Clock.GetUtcNow()));
        return place;
    }

    private async Task<Survey> FrozenAsync()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(1);
        await survey.OpenAsync();
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        return survey;
    }

    private Task<List<SnapshotSubmission>> RowsAsync(Guid wave) =>
        evaluation.InDbAsync(db => db.SnapshotSubmissions.AsNoTracking().Where(s => s.WaveId == wave).OrderBy(s => s.SubmissionId).ToListAsync());
}
