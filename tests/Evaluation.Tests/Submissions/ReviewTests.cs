using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Submissions;

public class ReviewTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_second_interview_of_the_same_worker_is_flagged_until_the_first_is_rejected()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        foreach (var worker in new[] { 0, 0, 1 }) await field.Phone.SubmitAsync((await field.FillAsync(card: field.Workers[worker].Code)).Xml);
        await field.Phone.SubmitAsync((await field.FillAsync(FieldWork.Checklist)).Xml); // another instrument

        var flagged = Assert.Single(await ListAsync(field, "&duplicate=true"));
        var first = (await ListAsync(field, $"&respondent={flagged.Respondent}&formId={FieldWork.Baseline}")).Single(s => !s.Duplicate);
        Assert.True(flagged.Id > first.Id);

        var rejected = await field.Office.PostAsync<SubmissionView>($"/api/evaluation/submissions/{first.Id}/reject", new { reason = "interviewer was training" });

        Assert.Equal((ReviewState.Rejected, "interviewer was training"), (rejected.ReviewState, rejected.ReviewReason));
        Assert.Empty(await ListAsync(field, "&duplicate=true"));
        Assert.Equal(3, (await ListAsync(field, "&reviewState=Received")).Count);
    }

    [Fact]
    public async Task What_an_edit_replaced_is_not_reviewed_nor_what_is_still_incomplete()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (first, split) = (await field.FillAsync(), await field.FillAsync(card: field.Workers[1].Code));
        await field.Phone.SubmitAsync(first.Xml);
        var old = Assert.Single(await ListAsync(field));
        await field.Phone.SubmitAsync((await field.FillAsync(edits: first.InstanceId)).Xml);

        var refused = await field.Office.PostAsync($"/api/evaluation/submissions/{old.Id}/approve", new { }).RefusesAsync(HttpStatusCode.Conflict, "submission_superseded");

        Assert.Equal(Assert.Single(await ListAsync(field)).Id, refused.GetProperty("supersededBy").GetInt64());
        await field.Phone.SubmitAsync(split.Xml, incomplete: true);
        var part = (await ListAsync(field)).Single(s => !s.Complete);
        await field.Office.PostAsync($"/api/evaluation/submissions/{part.Id}/approve", new { }).RefusesAsync(HttpStatusCode.Conflict, "submission_incomplete");
        await field.Office.PostAsync($"/api/evaluation/submissions/{part.Id}/reject", new { reason = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task Single_answers_are_for_evaluators_and_never_for_employers()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        await field.Phone.SubmitAsync((await field.FillAsync()).Xml);
        var one = Assert.Single(await ListAsync(field));
        string[] paths = ["/api/evaluation/submissions", $"/api/evaluation/submissions/{one.Id}", $"/api/evaluation/submissions/{one.Id}/body", $"/api/evaluation/forms/{FieldWork.Baseline}/submissions.csv",
            $"/api/evaluation/forms/{FieldWork.Baseline}.svc", $"/api/evaluation/forms/{FieldWork.Baseline}.svc/Submissions", $"/api/evaluation/submissions/{one.Id}/attachments"];

        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.OK, (await evaluation.As(Roles.Evaluator).GetAsync(path)).StatusCode);
            foreach (var role in new[] { Roles.Employer, Roles.Volunteer, Roles.Regulator, Roles.Donor, Roles.TrainingPartner, Roles.Operator })
                await evaluation.As(role, Guid.NewGuid()).GetAsync(path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        await evaluation.As(Roles.ProgrammeOffice).GetAsync($"/api/evaluation/submissions/{one.Id}/body").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.ProgrammeOffice).PostAsync($"/api/evaluation/submissions/{one.Id}/approve", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.Evaluator).GetAsync("/api/evaluation/submissions/999999999").RefusesAsync(HttpStatusCode.NotFound, "submission_unknown");
        Assert.DoesNotContain(field.Workers[0].Code, await field.Office.GetStringAsync($"/api/evaluation/submissions/{one.Id}"));
        Assert.Contains(field.Workers[0].Code, await field.Office.GetStringAsync($"/api/evaluation/submissions/{one.Id}/body"));
    }

    [Fact]
    public async Task The_description_of_the_api_can_be_read() =>
        Assert.Contains("/api/evaluation/submissions/bulk", await evaluation.Anonymous().GetStringAsync("/openapi/evaluation.json"));

    private static async Task<IReadOnlyList<SubmissionView>> ListAsync(FieldWork field, string more = "") =>
        (await field.Office.GetAsync<Page<SubmissionView>>($"/api/evaluation/submissions?facility={field.Facility}{more}")).Items;
}
