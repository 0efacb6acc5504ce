using System.Net;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Submissions;

/// <summary>Who takes back consent is gone, whatever is on its way at that moment.</summary>
public class WithdrawalTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task An_edit_that_is_being_stored_goes_with_what_it_edits()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var first = await field.FillAsync();
        await field.Phone.SubmitAsync(first.Xml);
        var id = await IdAsync(first);
        var edit = await field.FillAsync(edits: first.InstanceId, answers: "<AC1>no</AC1>");

        await using var held = await HeldLock.TakeAsync(evaluation.Services, $"select from submissions where id = {id} for update");
        var editing = field.Phone.SubmitAsync(edit.Xml);
        await held.WaitForAsync(1);
        var deleting = field.Office.PostAsync($"/api/evaluation/submissions/{id}/delete", null);
        await held.WaitForAsync(2);
        await held.ReleaseAsync();

        Assert.Equal(HttpStatusCode.Created, (await editing).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await deleting).StatusCode);
        var left = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == field.FacilityId).ToListAsync());
        Assert.Equal(2, left.Count);
        Assert.All(left, s => Assert.True(s.DeletedAt is not null && s.Body.Length == 0 && s.Respondent is null && s.Answers.GetRawText() == "{}"));
    }

    [Fact]
    public async Task A_photograph_that_comes_while_its_submission_is_deleted_is_not_kept()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var first = await field.FillAsync();
        await field.Phone.SubmitAsync(first.Xml);
        var id = await IdAsync(first);

        await using var held = await HeldLock.TakeAsync(evaluation.Services, $"select from submissions where id = {id} for update");
        var deleting = field.Office.PostAsync($"/api/evaluation/submissions/{id}/delete", null);
        await held.WaitForAsync(1);
        var sending = field.Phone.SubmitAsync(first.Xml, incomplete: false, ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]));
        await held.WaitForAsync(2);
        await held.ReleaseAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await deleting).StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "submission_deleted"), ((await sending).Status, (await sending).Nature));
        Assert.False(await evaluation.InDbAsync(db => db.SubmissionAttachments.AnyAsync(a => a.SubmissionId == id)));
    }

    private Task<long> IdAsync(FormText form) => evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == form.InstanceId).Select(s => s.Id).SingleAsync());
}
