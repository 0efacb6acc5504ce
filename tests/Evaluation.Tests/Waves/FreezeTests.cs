using System.Net;
using System.Security.Cryptography;
using BetterConnections.Contracts;
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
        await survey.Evaluator.PostAsync<AnalysisPlanView>($"{survey.Address}/analysis-plans", new { text = "Headline tests as in the protocol." });
        await survey.Evaluator.PostAsync($"{survey.Address}/freeze", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        var late = await survey.SubmitAsync(place, place.Workers[3]);

        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        var afterwards = await survey.SubmitAsync(place, place.Workers[2]);
        await survey.SubmitAsync(place, place.Workers[1], deprecates: second.InstanceId);
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{first.Id}/reject", new { reason = "Found out later" });

        var rows = await RowsAsync(wave.Id);
        Assert.Equal([first.Id, second.Id, late.Id], rows.Select(r => r.SubmissionId));
        Assert.DoesNotContain(rows, r => r.SubmissionId == again.Id);
        Assert.Equal([false, false, true], rows.Select(r => r.Late));
        Assert.True(afterwards.Late && afterwards.WaveId == wave.Id);
        Assert.All(rows, r => Assert.Equal((survey.Zone, "ne", false, "yes"), (r.Zone, r.Language, r.Waiting, r.Answers.GetProperty("AC1").GetString())));
        Assert.All(rows.Where(r => r.InclusionProbability is not null), r => Assert.Equal(0.5, r.InclusionProbability));
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
