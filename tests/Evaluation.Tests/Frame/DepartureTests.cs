using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Frame;

/// <summary>Nobody is sent to who left or does not want to be asked, and what was drawn stays drawn.</summary>
public class DepartureTests(EvaluationApp evaluation)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid _here = Guid.NewGuid(), _there = Guid.NewGuid();
    private readonly JoinedWorker _worker = new(Guid.NewGuid(), FieldWork.Card(), ["ne"]);

    [Theory]
    [InlineData("ABC"), InlineData("ACB"), InlineData("BAC"), InlineData("BCA"), InlineData("CAB"), InlineData("CBA")]
    public async Task Who_leaves_and_joins_elsewhere_ends_there_in_whatever_order_the_news_comes(string order)
    {
        foreach (var news in order)
            await (news switch
            {
                'A' => evaluation.DeliverAsync(new WorkersJoined(_here, [_worker], Noon), times: 2),
                'B' => evaluation.DeliverAsync(new WorkerLeft(_here, _worker.WorkerId, Noon.AddDays(1)), times: 2),
                _ => evaluation.DeliverAsync(new WorkersJoined(_there, [_worker], Noon.AddDays(2), Moved: true), times: 2),
            });
        Assert.Equal((_there, true), await WhereAsync());

        await evaluation.DeliverAsync(new WorkerLeft(_there, _worker.WorkerId, Noon.AddDays(3)));
        await evaluation.DeliverAsync(new WorkerLeft(_here, _worker.WorkerId, Noon.AddDays(1))); // and once more as another message
        Assert.Equal((_there, false), await WhereAsync());
    }

    [Theory]
    [InlineData("JTG"), InlineData("JGT"), InlineData("TJG"), InlineData("TGJ"), InlineData("GJT"), InlineData("GTJ")]
    public async Task Who_takes_back_the_consent_is_asked_again_only_once_it_is_given_again(string order)
    {
        foreach (var news in order)
        {
            if (news == 'J') await evaluation.DeliverAsync(new WorkersJoined(_here, [_worker], Noon));
            else await evaluation.DeliverAsync(Consent(given: news == 'G', news == 'G' ? 2 : 1), times: 2);
        }
        Assert.Equal((_here, true), await WhereAsync());

        await evaluation.DeliverAsync(Consent(given: false, 3) with { Purpose = ConsentPurposes.Training });
        Assert.Equal((_here, true), await WhereAsync());
        await evaluation.DeliverAsync(Consent(given: false, 3));
        await evaluation.DeliverAsync(new WorkersJoined(_there, [_worker], Noon.AddDays(9), Moved: true)); // moving is no consent
        Assert.Equal((_there, false), await WhereAsync());
    }

    [Fact]
    public async Task Phones_do_not_list_who_has_gone_or_does_not_want_to_be_asked()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        await evaluation.DeliverAsync(new WorkerLeft(field.FacilityId, field.Workers[0].WorkerId, DateTimeOffset.UtcNow));
        await evaluation.DeliverAsync(new WorkerConsentChanged(field.Workers[1].WorkerId, field.Workers[1].Code, ConsentPurposes.Evaluation, false, DateTimeOffset.UtcNow));

        var form = (await field.Phone.FormListAsync()).Single(f => f.FormId == FieldWork.Baseline);
        var list = (await field.Phone.DownloadAsync(form)).Files.Single(f => f.Name == "workers.csv").Content;

        Assert.Equal([false, false, true], field.Workers.Select(w => list.Contains(w.Code)));
    }

    [Fact]
    public async Task An_interview_is_withdrawn_with_its_worker_and_the_sample_stays_what_it_was()
    {
        var survey = await DrawnAsync(4);
        var (drawn, workers) = (await survey.MembersAsync(), survey.Places[0].Workers);
        await survey.SubmitAsync(survey.Places[0], workers[3]);
        await LeaveAsync(survey, workers[0], days: 1);
        await LeaveAsync(survey, workers[3], days: 1);
        await evaluation.DeliverAsync(new WorkerConsentChanged(workers[1].WorkerId, workers[1].Code, ConsentPurposes.Evaluation, false, Later(1)));

        var withdrawn = await survey.AssignmentsAsync("&state=Withdrawn");
        Assert.Equal((2, 1, 1), (withdrawn.Count, (await survey.AssignmentsAsync("&state=Due")).Count, (await survey.AssignmentsAsync("&state=Done")).Count));
        Assert.All(withdrawn, a => Assert.False(a.Overdue));
        await survey.Evaluator.PostAsync($"/api/evaluation/assignments/{withdrawn[0].Id}/attempts", new { outcome = "NotReached" })
            .RefusesAsync(HttpStatusCode.Conflict, "assignment_withdrawn");
        var progress = Assert.Single((await survey.Evaluator.GetAsync<Postgres.Page<ProgressView>>($"{survey.Address}/facilities")).Items);
        Assert.Equal((4, 1, 2, 1), (progress.Assigned, progress.Done, progress.Withdrawn, progress.Due));
        Assert.Equal(drawn, await survey.MembersAsync());

        await evaluation.DeliverAsync(new WorkersJoined(survey.Places[0].Id, [workers[0]], Later(2), Moved: true)); // came back
        Assert.Equal(2, (await survey.AssignmentsAsync("&state=Due")).Count);
    }

    [Fact]
    public async Task An_interview_follows_its_worker_to_another_facility_of_the_wave_and_no_further()
    {
        var survey = await DrawnAsync(1, 1);
        var (from, to, mover) = (survey.Places[0], survey.Places[1], survey.Places[0].Workers[0]);

        await evaluation.DeliverAsync(new WorkersJoined(to.Id, [mover], Later(1), Moved: true));
        Assert.Empty(await survey.AssignmentsAsync($"&facility={from.Code}"));
        Assert.Equal([AssignmentState.Due, AssignmentState.Due], (await survey.AssignmentsAsync($"&facility={to.Code}")).Select(a => a.State));
        await evaluation.DeliverAsync(new WorkersJoined(_there, [mover], Later(2), Moved: true));
        Assert.Equal([AssignmentState.Withdrawn], (await survey.AssignmentsAsync($"&facility={from.Code}")).Select(a => a.State));
    }

    [Fact]
    public async Task Only_who_may_be_asked_is_in_the_frame_of_a_draw()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(5);
        await survey.OpenAsync();
        await LeaveAsync(survey, survey.Places[0].Workers[0], days: 1);

        var sample = await survey.DrawAsync(new { perCluster = 10 });

        Assert.Equal((4, 4L), (sample.Respondents, sample.FrameWorkers));
        Assert.Equal(4, (await survey.AssignmentsAsync("&state=Due")).Count);
    }

    private WorkerConsentChanged Consent(bool given, int days) => new(_worker.WorkerId, _worker.Code, ConsentPurposes.Evaluation, given, Noon.AddDays(days));

    private async Task<(Guid? Facility, bool Askable)> WhereAsync()
    {
        var worker = await evaluation.InDbAsync(db => db.Workers.AsNoTracking().SingleAsync(w => w.Id == _worker.WorkerId));
        return (worker.FacilityId, worker.Askable);
    }

    /// <summary>Everybody at the facilities is in the sample.</summary>
    private async Task<Survey> DrawnAsync(params int[] workers)
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(workers);
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 10 });
        return survey;
    }

    private Task LeaveAsync(Survey survey, JoinedWorker worker, int days) => evaluation.DeliverAsync(new WorkerLeft(survey.Places[0].Id, worker.WorkerId, Later(days)));

    private DateTimeOffset Later(int days) => evaluation.Clock.GetUtcNow().AddDays(days);
}
