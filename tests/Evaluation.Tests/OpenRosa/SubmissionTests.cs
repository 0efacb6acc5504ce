using System.Net;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>What is answered to each kind of submission: the state machine that survey apps know from ODK Central.</summary>
public class SubmissionTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task The_same_bytes_again_are_a_success_and_stored_once()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var sent = await field.FillAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => field.Phone.SubmitAsync(sent.Xml)));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, "submit_success"), (a.Status, a.Nature)));
        Assert.Equal(1, await CountAsync(sent.InstanceId));
    }

    [Fact]
    public async Task Other_bytes_under_the_same_id_are_refused_and_change_nothing()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var sent = await field.FillAsync();
        await field.Phone.SubmitAsync(sent.Xml);

        var answer = await field.Phone.SubmitAsync(sent.Xml.Replace("<AC1>yes</AC1>", "<AC1>no</AC1>"));

        Assert.Equal((HttpStatusCode.Conflict, "submission_differs"), (answer.Status, answer.Nature));
        Assert.StartsWith("A submission already exists with this ID, but with different content", answer.Message);
        Assert.Equal("yes", await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == sent.InstanceId).Select(s => s.Answers.GetProperty("AC1").GetString()).SingleAsync()));
    }

    [Fact]
    public async Task A_split_submission_is_complete_with_its_last_request_and_keeps_every_file()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var sent = await field.FillAsync();

        Assert.Equal((HttpStatusCode.Created, "submit_incomplete"), Told(await field.Phone.SubmitAsync(sent.Xml, incomplete: true, ("صورة 1.jpg", [0xFF, 0xD8, 0xFF]))));
        Assert.False(await IsCompleteAsync());
        Assert.Equal((HttpStatusCode.Created, "submit_success"), Told(await field.Phone.SubmitAsync(sent.Xml, incomplete: false, ("photo 2.jpg", [0xFF, 0xD8, 0xFF, .. new byte[299_997]]))));
        Assert.True(await IsCompleteAsync());
        // The answer was lost, so the phone sends the last part again.
        Assert.Equal((HttpStatusCode.Created, "submit_success"), Told(await field.Phone.SubmitAsync(sent.Xml, incomplete: false, ("photo 2.jpg", [0xFF, 0xD8, 0xFF, .. new byte[299_997]]))));

        var id = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == sent.InstanceId).Select(s => s.Id).SingleAsync());
        var files = await field.Office.GetAsync<List<AttachmentView>>($"/api/evaluation/submissions/{id}/attachments");
        Assert.Equal([("photo 2.jpg", 300_000L), ("صورة 1.jpg", 3L)], files.Select(f => (f.Name, f.Size)));
        var download = await field.Office.GetAsync($"/api/evaluation/submissions/{id}/attachments/{Uri.EscapeDataString("صورة 1.jpg")}");
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal([0xFF, 0xD8, 0xFF], await download.Content.ReadAsByteArrayAsync());

        Task<bool> IsCompleteAsync() => evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == sent.InstanceId).Select(s => s.Complete).SingleAsync());
    }

    [Fact]
    public async Task An_edit_takes_the_place_of_the_version_it_names_once()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var first = await field.FillAsync();
        await field.Phone.SubmitAsync(first.Xml);
        var edit = await field.FillAsync(edits: first.InstanceId, answers: "<AC1>no</AC1>");

        Assert.True((await field.Phone.SubmitAsync(edit.Xml)).IsSuccess);
        Assert.True((await field.Phone.SubmitAsync(edit.Xml)).IsSuccess); // sent again
        Assert.True((await field.Phone.SubmitAsync(first.Xml)).IsSuccess); // and the first, late
        var other = await field.Phone.SubmitAsync((await field.FillAsync(edits: first.InstanceId)).Xml);
        Assert.Equal((HttpStatusCode.Conflict, "edited_submission_superseded"), Told(other));

        var versions = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == field.FacilityId).OrderBy(s => s.Id).ToListAsync());
        Assert.Equal(2, versions.Count);
        Assert.Equal((versions[1].Id, versions[0].Id), (versions[0].SupersededBy, versions[1].OriginalId));
        Assert.Null(versions[1].SupersededBy);

        var again = await field.FillAsync(edits: edit.InstanceId);
        Assert.True((await field.Phone.SubmitAsync(again.Xml)).IsSuccess);
        Assert.Equal(versions[0].Id, await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == again.InstanceId).Select(s => s.OriginalId).SingleAsync()));
    }

    [Fact]
    public async Task What_another_collector_sent_from_a_facility_that_is_not_theirs_cannot_be_edited_and_from_their_own_it_can()
    {
        var (field, elsewhere) = (await FieldWork.PrepareAsync(evaluation), await FieldWork.PrepareAsync(evaluation));
        var first = await field.FillAsync();
        await field.Phone.SubmitAsync(first.Xml);

        var strange = await elsewhere.FillAsync(edits: first.InstanceId);
        Assert.Equal((HttpStatusCode.NotFound, "edited_submission_unknown"), Told(await elsewhere.Phone.SubmitAsync(strange.Xml)));
        Assert.Equal(0, await CountAsync(strange.InstanceId));
        Assert.Null(await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == first.InstanceId).Select(s => s.SupersededBy).SingleAsync()));

        var (_, colleague) = await field.IssueAsync([FieldWork.Baseline], [field.Facility]);
        Assert.True((await colleague.SubmitAsync((await field.FillAsync(edits: first.InstanceId)).Xml)).IsSuccess);
    }

    [Fact]
    public async Task Of_two_edits_of_one_version_at_once_one_wins()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var first = await field.FillAsync();
        await field.Phone.SubmitAsync(first.Xml);
        var edits = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => field.FillAsync(edits: first.InstanceId)));

        var answers = await Task.WhenAll(edits.Select(e => field.Phone.SubmitAsync(e.Xml)));

        Assert.Single(answers, a => a.IsSuccess);
        Assert.Equal(5, answers.Count(a => a.Nature == "edited_submission_superseded"));
        Assert.Equal(2, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
    }

    [Fact]
    public async Task An_edit_of_what_was_never_sent_is_not_found()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var edit = await field.FillAsync(edits: "uuid:nothing");

        Assert.Equal((HttpStatusCode.NotFound, "edited_submission_unknown"), Told(await field.Phone.SubmitAsync(edit.Xml)));
        Assert.Equal(0, await CountAsync(edit.InstanceId));
    }

    [Fact]
    public async Task Unknown_versions_and_forms_not_permitted_are_told_apart_and_unknown_forms_are_not()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var sent = await field.FillAsync();

        Assert.Equal((HttpStatusCode.NotFound, "form_version_unknown"), Told(await field.Phone.SubmitAsync(sent.Xml.Replace("version=\"20", "version=\"19"))));
        foreach (var form in (string[])[FieldWork.Endline, "bc-no-such-form"])
            Assert.Equal((HttpStatusCode.Forbidden, "form_not_permitted"), Told(await field.Phone.SubmitAsync(sent.Xml.Replace(FieldWork.Baseline, form))));
        Assert.Equal((HttpStatusCode.Forbidden, "facility_not_permitted"), Told(await field.Phone.SubmitAsync((await field.FillAsync(facility: "F0")).Xml)));
        Assert.Equal((HttpStatusCode.Forbidden, "collector_not_permitted"), Told(await new CollectDouble(evaluation.Anonymous(), "http://localhost/openrosa/key/guess/projects/1").SubmitAsync(sent.Xml)));
        Assert.Equal(0, await CountAsync(sent.InstanceId));
    }

    [Fact]
    public async Task A_form_that_is_closed_takes_nothing_new_but_still_knows_what_it_has()
    {
        var (code, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        var (sent, late) = (await field.FillAsync(form), await field.FillAsync(form));
        await field.Phone.SubmitAsync(sent.Xml);

        await Forms.CloseAsync(evaluation, code, 1);

        Assert.Equal((HttpStatusCode.Conflict, "form_closed"), Told(await field.Phone.SubmitAsync(late.Xml)));
        Assert.True((await field.Phone.SubmitAsync(sent.Xml)).IsSuccess);
        Assert.Empty(await field.Phone.FormListAsync());
    }

    [Fact]
    public async Task An_older_version_is_taken_as_long_as_it_is_not_closed()
    {
        var (code, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        var offline = await field.FillAsync(form);
        await Forms.PublishNextAsync(evaluation, code);

        Assert.True((await field.Phone.SubmitAsync(offline.Xml)).IsSuccess);
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_does_not_come_back()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var (first, other) = (await field.FillAsync(), await field.FillAsync());
        await field.Phone.SubmitAsync(first.Xml, incomplete: false, ("a.jpg", [0xFF, 0xD8, 0xFF]));
        var edit = await field.FillAsync(edits: first.InstanceId);
        await field.Phone.SubmitAsync(edit.Xml);
        await field.Phone.SubmitAsync(other.Xml);
        var id = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == edit.InstanceId).Select(s => s.Id).SingleAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await field.Office.PostAsync($"/api/evaluation/submissions/{id}/delete", null)).StatusCode);

        Assert.Equal((HttpStatusCode.Conflict, "submission_deleted"), Told(await field.Phone.SubmitAsync(first.Xml)));
        Assert.Equal((HttpStatusCode.Conflict, "submission_deleted"), Told(await field.Phone.SubmitAsync(edit.Xml)));
        Assert.Equal((HttpStatusCode.Conflict, "submission_deleted"), Told(await field.Phone.SubmitAsync((await field.FillAsync(edits: edit.InstanceId)).Xml)));
        await field.Office.GetAsync($"/api/evaluation/submissions/{id}").RefusesAsync(HttpStatusCode.NotFound, "submission_unknown");
        var left = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == field.FacilityId && s.DeletedAt != null).ToListAsync());
        Assert.All(left, s => Assert.True(s.Body.Length == 0 && s.Respondent is null && s.Answers.GetRawText() == "{}"));
        Assert.False(await evaluation.InDbAsync(db => db.SubmissionAttachments.AnyAsync(a => left.Select(s => s.Id).Contains(a.SubmissionId))));
        Assert.True((await field.Phone.SubmitAsync(other.Xml)).IsSuccess);
    }

    [Fact]
    public async Task The_person_at_the_phone_reads_the_message_in_Arabic_where_the_phone_speaks_it()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var phone = new CollectDouble(evaluation.Anonymous(), field.Issued.ServerUrl) { Language = "ar-QA" };

        Assert.Equal("شكراً. تم استلام الاستمارة.", (await phone.SubmitAsync((await field.FillAsync()).Xml)).Message);
        Assert.Contains("تالفة", (await phone.SubmitAsync("<")).Message);
    }

    [Theory]
    [InlineData(-400, -400, true), InlineData(400, 400, true), InlineData(0, -1, true), InlineData(-1, 0, false)]
    public async Task A_clock_that_cannot_be_right_is_flagged_and_the_interview_taken(int startDays, int endDays, bool flagged)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var now = evaluation.Clock.GetUtcNow();
        var sent = await field.FillAsync();
        var xml = sent.Xml[..sent.Xml.IndexOf("<start>", StringComparison.Ordinal)] + $"<start>{now.AddDays(startDays).AddHours(3):O}</start><end>{now.AddDays(endDays):O}</end>"
            + sent.Xml[(sent.Xml.IndexOf("</end>", StringComparison.Ordinal) + 6)..];

        Assert.True((await field.Phone.SubmitAsync(xml)).IsSuccess);

        Assert.Equal(flagged, await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == sent.InstanceId).Select(s => s.ClockOff).SingleAsync()));
    }

    [Theory]
    [InlineData("yesterday", "2026-13-45"), InlineData("", "24:99")]
    public async Task A_time_that_cannot_be_read_is_a_clock_that_is_off(string start, string end)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var sent = await field.FillAsync();
        var xml = sent.Xml[..sent.Xml.IndexOf("<start>", StringComparison.Ordinal)] + $"<start>{start}</start><end>{end}</end>" + sent.Xml[(sent.Xml.IndexOf("</end>", StringComparison.Ordinal) + 6)..];

        Assert.True((await field.Phone.SubmitAsync(xml)).IsSuccess);

        var stored = await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.InstanceId == sent.InstanceId));
        Assert.Equal((true, null, null), (stored.ClockOff, stored.StartedAt, stored.EndedAt));
    }

    [Fact]
    public async Task Namespaces_attributes_and_missing_ids_are_read_as_old_clients_write_them()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var version = await field.VersionAsync(FieldWork.Baseline);
        var id = $"uuid:{Guid.NewGuid()}";
        var byNamespace = $"<data xmlns=\"{FieldWork.Baseline}\" xmlns:orx=\"http://openrosa.org/xforms\" orx:version=\"{version}\"><facility>{field.Facility}</facility><r><AC1>yes</AC1></r><r><AC1>no</AC1></r><orx:meta><orx:instanceID>{id}</orx:instanceID></orx:meta></data>";
        var byAttribute = $"<data id=\"{FieldWork.Baseline}\" version=\"{version}\" instanceID=\"{id}b\"/>";
        var without = $"<data id=\"{FieldWork.Baseline}\" version=\"{version}\"><facility>{field.Facility}</facility><AC2>{id}</AC2></data>";

        foreach (var xml in new[] { byNamespace, byAttribute, without, without }) Assert.True((await field.Phone.SubmitAsync(xml)).IsSuccess);

        var answers = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.InstanceId == id).Select(s => s.Answers).SingleAsync());
        Assert.Equal(["yes", "no"], answers.GetProperty("AC1").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(1, await CountAsync(id + "b"));
        Assert.Equal(2, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
    }

    private static (HttpStatusCode, string?) Told(SubmissionAnswer answer) => (answer.Status, answer.Nature);

    private Task<int> CountAsync(string instanceId) => evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.InstanceId == instanceId));
}
