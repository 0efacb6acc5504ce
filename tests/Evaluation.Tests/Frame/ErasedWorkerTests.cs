using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Results;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Frame;

/// <summary>Locks the table of submissions and looks through the whole database, so it has one of its own.</summary>
public class ErasedWorkerTests(FreshEvaluationApp evaluation) : IClassFixture<FreshEvaluationApp>
{
    [Fact]
    public async Task Interviews_of_an_erased_worker_leave_frozen_waves_and_the_sample_keeps_its_size_and_chances()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(14);
        await survey.OpenAsync();
        var drawn = await survey.DrawAsync(new { perCluster = 14 });
        var chances = (await survey.MembersAsync()).Select(m => m.Probability).ToList();
        foreach (var worker in survey.Places[0].Workers) await survey.SubmitAsync(survey.Places[0], worker);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        var analysis = await survey.Evaluator.PostAsync<AnalysisView>("/api/evaluation/analyses", new { wave = survey.Code });

        await EraseAsync(survey.Places[0].Workers[5], times: 2);

        var snapshot = await survey.Evaluator.GetAsync<SnapshotView>($"{survey.Address}/snapshot");
        Assert.Equal((14, 1, 13), (snapshot.Submissions, snapshot.Erased, snapshot.Instruments["I1"]));
        Assert.False((await survey.Evaluator.GetAsync<Postgres.Page<AnalysisView>>($"/api/evaluation/analyses?wave={survey.Code}")).Items.Single(a => a.Id == analysis.Id).Recomputable);
        var members = await survey.MembersAsync();
        Assert.Equal((drawn.Respondents, chances), (members.Count, members.Select(m => m.Probability)), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
        Assert.Single(members, m => m.Respondent.StartsWith(SampleMember.Erased, StringComparison.Ordinal));
        Assert.Equal(13, (await survey.AssignmentsAsync()).Count);

        var next = new Survey(evaluation);
        await next.OpenAsync(survey.Plan());
        Assert.Equal(13, (await next.Evaluator.PostAsync<SampleView>($"{next.Address}/samples/panel", new { wave = survey.Code })).Respondents);
    }

    [Fact]
    public async Task Nothing_in_the_database_leads_to_an_erased_worker_but_the_mark_that_keeps_it_out()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (worker, filled) = (field.Workers[0], await field.FillAsync());
        await evaluation.DeliverAsync(new ChampionNamed(field.FacilityId, worker.WorkerId, DateTimeOffset.UtcNow));
        Assert.True((await field.Phone.SubmitAsync(filled.Xml, incomplete: false, ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]))).IsSuccess);
        var pseudonym = await evaluation.Services.GetRequiredService<Pseudonyms>().OfAsync(worker.Code, TestContext.Current.CancellationToken);
        Assert.Superset(new HashSet<string> { "workers", "submissions" }, (await evaluation.TablesHoldingAsync(worker.Code)).ToHashSet());

        await EraseAsync(worker);
        await evaluation.DeliverAsync(new WorkersJoined(field.FacilityId, [worker], DateTimeOffset.UtcNow.AddDays(1))); // was on its way
        await evaluation.DeliverAsync(new WorkerLeft(field.FacilityId, worker.WorkerId, DateTimeOffset.UtcNow.AddDays(2)));

        Assert.Empty(await evaluation.TablesHoldingAsync(worker.Code));
        Assert.Equal(["workers"], await evaluation.TablesHoldingAsync(pseudonym));
        Assert.Equal(["facts", "workers"], (await evaluation.TablesHoldingAsync(worker.WorkerId.ToString())).Order()); // a champion was counted, by id
        var mark = await evaluation.InDbAsync(db => db.Workers.AsNoTracking().SingleAsync(w => w.Id == worker.WorkerId));
        Assert.Equal((null, null, null, false), (mark.FacilityId, mark.JoinedAt, mark.LeftAt, mark.Askable));
        Assert.Empty(mark.Languages);
        Assert.Equal((HttpStatusCode.Conflict, "submission_deleted"), Told(await field.Phone.SubmitAsync(filled.Xml)));
    }

    [Fact]
    public async Task What_a_phone_brings_after_the_erasure_is_refused_also_when_the_worker_was_never_heard_of()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var stranger = new JoinedWorker(Guid.NewGuid(), FieldWork.Card(), ["ne"]);
        await field.Phone.SubmitAsync((await field.FillAsync(card: stranger.Code)).Xml);

        await EraseAsync(stranger);
        var late = await field.FillAsync(card: stranger.Code.ToLowerInvariant());

        Assert.Equal((HttpStatusCode.Conflict, "respondent_erased"), Told(await field.Phone.SubmitAsync(late.Xml)));
        Assert.True((await field.Phone.SubmitAsync((await field.FillAsync(card: field.Workers[1].Code)).Xml)).IsSuccess);
        var kept = await StoredAsync(field);
        Assert.Equal((2, 1), (kept.Count, kept.Count(s => s.DeletedAt is null)));
    }

    [Fact]
    public async Task An_interview_that_was_corrected_to_another_card_stays_and_its_version_with_the_erased_one_goes()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var wrong = await field.FillAsync();
        await field.Phone.SubmitAsync(wrong.Xml);
        await field.Phone.SubmitAsync((await field.FillAsync(card: field.Workers[1].Code, edits: wrong.InstanceId)).Xml);

        await EraseAsync(field.Workers[0]);

        Assert.Equal([true, false], (await StoredAsync(field)).Select(s => s.DeletedAt is not null));
        await EraseAsync(field.Workers[1]);
        Assert.All(await StoredAsync(field), s => Assert.True(s is { DeletedAt: not null, Respondent: null, Body.Length: 0 }));
    }

    [Fact]
    public async Task What_is_being_stored_while_the_worker_is_erased_goes_too_and_what_comes_behind_it_is_refused()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var behind = await field.FillAsync();
        await using var storing = await HeldLock.TakeAsync(evaluation.Services, $"""
            insert into submissions (form_id, form_version, instance_id, version_id, instrument, sent_by, respondent, facility_id, received_at, clock_off, late, complete, review_state, media_type, sha256, body, answers)
            select 'f', '1', 'uuid:{Guid.NewGuid()}', gen_random_uuid(), 'I1', 'phone', pseudonym, facility_id, now(), false, false, true, 'Received', 'text/xml', '', 'card', '{"{}"}'
            from workers where id = '{field.Workers[0].WorkerId}'
            """);
        var erasing = EraseAsync(field.Workers[0]);
        await storing.WaitForAsync(1);
        var sending = field.Phone.SubmitAsync(behind.Xml);
        await storing.WaitForAsync(2);
        await storing.ReleaseAsync();

        await erasing;
        Assert.Equal((HttpStatusCode.Conflict, "respondent_erased"), Told(await sending));
        Assert.NotNull(Assert.Single(await StoredAsync(field)).DeletedAt);
    }

    private Task EraseAsync(JoinedWorker worker, int times = 1) => evaluation.DeliverAsync(new WorkerErased(worker.WorkerId, worker.Code, DateTimeOffset.UtcNow), times);

    private static (HttpStatusCode, string?) Told(SubmissionAnswer answer) => (answer.Status, answer.Nature);

    private Task<List<Submission>> StoredAsync(FieldWork field) =>
        evaluation.InDbAsync(db => db.Submissions.AsNoTracking().Where(s => s.FacilityId == field.FacilityId).OrderBy(s => s.Id).ToListAsync());
}
