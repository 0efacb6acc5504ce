using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Assignments;

public class AssignmentTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task An_assignment_is_done_when_its_submission_arrives_and_due_again_when_that_is_rejected()
    {
        var survey = await DrawnAsync(3);
        var submission = await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);

        var done = Assert.Single(await survey.AssignmentsAsync("&state=Done"));
        Assert.Equal((submission.Respondent, submission.Id), (done.Respondent, done.SubmissionId));
        await survey.Evaluator.PostAsync(Attempts(done), new { outcome = "NotReached" }).RefusesAsync(HttpStatusCode.Conflict, "assignment_done");
        await survey.Evaluator.PostAsync<object>($"/api/evaluation/submissions/{submission.Id}/reject", new { reason = "The wrong card" });
        Assert.Equal(3, (await survey.AssignmentsAsync("&state=Due")).Count);
    }

    [Fact]
    public async Task Who_refuses_is_not_asked_again_and_who_was_not_reached_is()
    {
        var survey = await DrawnAsync(3);
        var (absent, unwilling) = (await AssignmentOfAsync(survey, 0), await AssignmentOfAsync(survey, 1));

        await survey.Evaluator.PostAsync<AttemptView>(Attempts(absent), new { outcome = "NotReached" });
        Assert.Equal(2, (await survey.Evaluator.PostAsync<AttemptView>(Attempts(absent), new { outcome = "NotReached" })).Attempts);
        await survey.Evaluator.PostAsync<AttemptView>(Attempts(unwilling), new { outcome = "Refused" });
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[2], consent: "no");

        await survey.Evaluator.PostAsync(Attempts(unwilling), new { outcome = "NotReached" }).RefusesAsync(HttpStatusCode.Conflict, "respondent_refused");
        await survey.Evaluator.PostAsync(Attempts(absent), new { outcome = "Done" }).RefusesAsync(HttpStatusCode.BadRequest, "outcome_not_recorded");
        await survey.Evaluator.PostAsync("/api/evaluation/assignments/0/attempts", new { outcome = "Refused" }).RefusesAsync(HttpStatusCode.NotFound, "assignment_unknown");
        await evaluation.As(Roles.Volunteer).PostAsync(Attempts(absent), new { outcome = "Refused" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(AssignmentState.NotReached, (await AssignmentOfAsync(survey, 0)).State);
        Assert.Equal(2, (await survey.AssignmentsAsync("&state=Refused")).Count); // without consent nothing was asked
    }

    [Fact]
    public async Task Reminders_count_who_is_due_and_overdue_by_facility_and_collector()
    {
        var survey = await DrawnAsync(2, 1);
        var collector = await survey.Evaluator.PostAsync<IssuedCollector>("/api/evaluation/collectors",
            new { label = "Team 4", forms = new[] { "bc-worker-baseline" }, facilities = new[] { survey.Places[0].Code }, validUntil = evaluation.Clock.GetUtcNow().AddDays(30) });
        await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[0]);
        await survey.SubmitAsync(survey.Places[1], survey.Places[1].Workers[0]);

        var reminder = Assert.Single(await ProgressAsync(survey, "outstanding=true"));
        Assert.Equal((survey.Places[0].Code, 2, 1, 1, 0), (reminder.Facility, reminder.Assigned, reminder.Done, reminder.Due, reminder.Overdue));
        Assert.Equal(["Team 4"], reminder.Collectors);
        Assert.Equal(2, (await ProgressAsync(survey, "")).Count);
        Assert.Single(await ProgressAsync(survey, $"collector={collector.Collector.Id}"));
        Assert.Equal(2, (await survey.AssignmentsAsync($"&collector={collector.Collector.Id}")).Count);
        Assert.Single(await survey.AssignmentsAsync($"&facility={survey.Places[1].Code}"));
        Assert.Empty(await ProgressAsync(survey, "overdue=true"));

        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        reminder = Assert.Single(await ProgressAsync(survey, "overdue=true"));
        Assert.Equal((0, 1), (reminder.Due, reminder.Overdue));
        Assert.True(Assert.Single(await survey.AssignmentsAsync("&state=Due")).Overdue);
    }

    [Fact]
    public async Task Lists_show_pseudonyms_and_no_card()
    {
        var survey = await DrawnAsync(2);
        var text = await survey.Evaluator.GetStringAsync($"{survey.Address}/assignments");
        Assert.All(survey.Places[0].Workers, w => Assert.DoesNotContain(w.Code, text));
        Assert.All(await survey.AssignmentsAsync(), a => Assert.True(Pseudonyms.IsOne(a.Respondent)));
        await evaluation.As(Roles.Employer).GetAsync($"{survey.Address}/assignments").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>Everybody at the facilities is in the sample.</summary>
    private async Task<Survey> DrawnAsync(params int[] workers)
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(workers);
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 10 });
        return survey;
    }

    private async Task<AssignmentView> AssignmentOfAsync(Survey survey, int worker)
    {
        var pseudonym = await evaluation.Services.GetRequiredService<Pseudonyms>().OfAsync(survey.Places[0].Workers[worker].Code, TestContext.Current.CancellationToken);
        return (await survey.AssignmentsAsync()).Single(a => a.Respondent == pseudonym);
    }

    private static string Attempts(AssignmentView assignment) => $"/api/evaluation/assignments/{assignment.Id}/attempts";

    private static async Task<IReadOnlyList<ProgressView>> ProgressAsync(Survey survey, string query) =>
        (await survey.Evaluator.GetAsync<Page<ProgressView>>($"{survey.Address}/facilities?{query}")).Items;
}
