using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Edits whose files come in several requests, and what is told of a submission when all of it is here.</summary>
public class SplitEditTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task An_edit_takes_its_place_when_its_last_file_is_here_and_not_before()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (first, firstId) = await SentAsync(field);
        var edit = await field.FillAsync(edits: first.InstanceId, answers: "<AC1>no</AC1>");

        Assert.Equal((HttpStatusCode.Created, "submit_incomplete"), Told(await field.Phone.SubmitAsync(edit.Xml, incomplete: true, ("a.jpg", Jpeg))));
        var shown = Assert.Single(await ListAsync(field));
        Assert.Equal((firstId, false, null), (shown.Id, shown.Duplicate, shown.SupersededBy));

        foreach (var _ in Enumerable.Range(0, 2)) // the answer to the last part was lost
            Assert.Equal((HttpStatusCode.Created, "submit_success"), Told(await field.Phone.SubmitAsync(edit.Xml, incomplete: false, ("b.jpg", Jpeg))));
        shown = Assert.Single(await ListAsync(field));
        Assert.Equal((edit.InstanceId, firstId, false), (shown.InstanceId, shown.OriginalId, shown.Duplicate));
    }

    [Fact]
    public async Task Of_two_split_edits_of_one_version_the_one_that_is_complete_first_wins()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (first, _) = await SentAsync(field);
        var (slow, quick) = (await field.FillAsync(edits: first.InstanceId), await field.FillAsync(edits: first.InstanceId));
        await field.Phone.SubmitAsync(slow.Xml, incomplete: true, ("a.jpg", Jpeg));

        Assert.True((await field.Phone.SubmitAsync(quick.Xml)).IsSuccess);
        Assert.Equal((HttpStatusCode.Conflict, "edited_submission_superseded"), Told(await field.Phone.SubmitAsync(slow.Xml)));

        Assert.Equal(quick.InstanceId, Assert.Single(await ListAsync(field)).InstanceId);
    }

    [Fact]
    public async Task What_has_not_taken_its_place_yet_cannot_be_edited()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (first, _) = await SentAsync(field);
        var edit = await field.FillAsync(edits: first.InstanceId);
        await field.Phone.SubmitAsync(edit.Xml, incomplete: true, ("a.jpg", Jpeg));

        Assert.Equal((HttpStatusCode.Conflict, "edited_submission_incomplete"), Told(await field.Phone.SubmitAsync((await field.FillAsync(edits: edit.InstanceId)).Xml)));
    }

    [Fact]
    public async Task The_last_request_sent_twice_at_once_is_a_success_both_times()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var split = await field.FillAsync();
        await field.Phone.SubmitAsync(split.Xml, incomplete: true, ("a.jpg", Jpeg));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => field.Phone.SubmitAsync(split.Xml)));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, "submit_success"), Told(a)));
    }

    [Fact]
    public async Task The_programme_is_told_once_when_all_of_a_submission_is_here_and_again_of_an_edit()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (split, at) = (await field.FillAsync(), evaluation.Clock.GetUtcNow());
        await field.Phone.SubmitAsync(split.Xml, incomplete: true, ("a.jpg", Jpeg));
        Assert.Equal(0, await UnsentAsync(field) + Told(field).Count);
        foreach (var _ in Enumerable.Range(0, 3)) await field.Phone.SubmitAsync(split.Xml);
        var edit = await field.FillAsync(edits: split.InstanceId);
        foreach (var _ in Enumerable.Range(0, 2)) await field.Phone.SubmitAsync(edit.Xml);
        var (other, _) = await SentAsync(field);

        var stored = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == field.FacilityId).OrderBy(s => s.Id).ToListAsync());
        var ids = stored.ConvertAll(s => s.Id);
        var told = (await evaluation.Broker.HeardAsync<SubmissionReceived>(e => e.FacilityId == field.FacilityId, count: 3)).Select(t => t.Event).OrderBy(t => t.SubmissionId).ToList();
        Assert.Equal([(ids[0], null), (ids[1], ids[0]), (ids[2], (long?)null)], told.Select(t => (t.SubmissionId, t.OriginalId)));
        Assert.Equal(new SubmissionReceived(ids[0], null, FieldWork.Baseline, await field.VersionAsync(FieldWork.Baseline), "I1", stored[0].WaveId, field.FacilityId, false, told[0].At), told[0]);
        Assert.InRange(told[0].At, at.AddSeconds(-1), evaluation.Clock.GetUtcNow());
        await Eventually.BecomesAsync(() => UnsentAsync(field), unsent => unsent == 0); // what was heard is deleted a moment later
        Assert.Equal(3, Told(field).Count);
    }

    private static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, .. Guid.NewGuid().ToByteArray()];

    private async Task<(FormText Form, long Id)> SentAsync(FieldWork field)
    {
        var form = await field.FillAsync();
        Assert.True((await field.Phone.SubmitAsync(form.Xml)).IsSuccess);
        return (form, await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == form.InstanceId).Select(s => s.Id).SingleAsync()));
    }

    private Task<int> UnsentAsync(FieldWork field) =>
        evaluation.InDbAsync(db => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from outbox_messages where body ->> 'FacilityId' = {field.FacilityId.ToString()}").SingleAsync());

    private IReadOnlyList<SubmissionReceived> Told(FieldWork field) => [.. evaluation.Broker.Heard<SubmissionReceived>(e => e.FacilityId == field.FacilityId).Select(t => t.Event)];

    private static async Task<IReadOnlyList<SubmissionView>> ListAsync(FieldWork field) =>
        (await field.Office.GetAsync<Page<SubmissionView>>($"/api/evaluation/submissions?facility={field.Facility}")).Items;

    private static (HttpStatusCode, string?) Told(SubmissionAnswer answer) => (answer.Status, answer.Nature);
}
