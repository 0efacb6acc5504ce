using System.Net;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Submissions;

public class BulkTests(EvaluationApp evaluation)
{
    private const string Path = "/api/evaluation/submissions/bulk";

    [Fact]
    public async Task Each_interview_has_its_own_outcome_and_sending_all_again_adds_nothing()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        var version = await field.VersionAsync(form);
        var partner = evaluation.WithScope("evaluation.submit");
        var run = Guid.NewGuid().ToString("n")[..8];
        object Interview(string id, object answers, string? facility = null, string? formVersion = null, string? deprecates = null) =>
            new { instanceId = $"{run}:{id}", formId = form, formVersion = formVersion ?? version, facility = facility ?? field.Facility, card = field.Workers[0].Code, answers, deprecates };
        var all = new
        {
            submissions = new[]
            {
                Interview("1", Answers(("AC1", "yes"), ("N1", 7))), Interview("2", Answers(("AC1", null))), Interview("3", Answers(("AC9", "yes"))), Interview("4", Answers(("AC1", "maybe"))),
                Interview("5", Answers(("N1", "seven"))), Interview("6", new { }, facility: "F0"), Interview("7", new { }, formVersion: "1"), Interview("8", Answers(("AC1", new[] { "yes" }))),
                Interview("9", Answers(("N1", 8)), deprecates: $"{run}:1"),
            },
        };

        var report = await partner.PostAsync<BulkReport>(Path, all);
        var again = await partner.PostAsync<BulkReport>(Path, all);

        Assert.Equal([null, null, "item_unknown", "answer_not_valid", "answer_not_valid", "facility_unknown", "form_version_unknown", "answer_not_valid", null], report.Results.Select(r => r.Code));
        Assert.Equal((3, 0, 6), (report.Stored, report.KnownAlready, report.Refused));
        Assert.Equal((0, 3, 6), (again.Stored, again.KnownAlready, again.Refused));
        var stored = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FormId == form).OrderBy(s => s.Id).ToListAsync());
        Assert.Equal(3, stored.Count);
        Assert.Equal(("yes", "7"), (stored[0].Answers.GetProperty("AC1").GetString(), stored[0].Answers.GetProperty("N1").GetString()));
        Assert.Equal(stored[2].Id, stored[0].SupersededBy);
        var pseudonym = await evaluation.InDbAsync(db => db.Workers.Where(w => w.Id == field.Workers[0].WorkerId).Select(w => w.Pseudonym).SingleAsync());
        Assert.All(stored, s => Assert.Equal((pseudonym, (Guid?)field.FacilityId, null), (s.Respondent, s.FacilityId, s.CollectorId)));
    }

    [Fact]
    public async Task A_partner_cannot_edit_what_another_sent()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var version = await (await FieldWork.PrepareAsync(evaluation, form)).VersionAsync(form);
        object One(string id, string? deprecates = null) => new { submissions = new[] { new { instanceId = $"{form}:{id}", formId = form, formVersion = version, answers = Answers(("AC1", "yes")), deprecates } } };
        await evaluation.WithScope("evaluation.submit").PostAsync<BulkReport>(Path, One("1"));

        var report = await evaluation.WithScope("evaluation.submit").PostAsync<BulkReport>(Path, One("2", deprecates: form + ":1"));

        Assert.Equal("edited_submission_unknown", Assert.Single(report.Results).Code);
        Assert.Null((await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.FormId == form))).SupersededBy);
    }

    [Fact]
    public async Task Two_partners_ids_do_not_meet()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var version = await (await FieldWork.PrepareAsync(evaluation, form)).VersionAsync(form);
        object One(string answer) => new { submissions = new[] { new { instanceId = "1", formId = form, formVersion = version, answers = Answers(("AC1", answer)) } } };
        var (first, second) = (evaluation.WithScope("evaluation.submit"), evaluation.WithScope("evaluation.submit"));

        await first.PostAsync<BulkReport>(Path, One("yes"));
        var report = await second.PostAsync<BulkReport>(Path, One("no"));

        Assert.Equal((1, 0, 0), (report.Stored, report.KnownAlready, report.Refused));
        Assert.Equal("1", Assert.Single(report.Results).InstanceId);
        Assert.Equal(1, (await first.PostAsync<BulkReport>(Path, One("yes"))).KnownAlready);
        Assert.Equal(["yes", "no"], await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FormId == form).OrderBy(s => s.Id).Select(s => s.Answers.GetProperty("AC1").GetString()).ToListAsync()));
    }

    [Fact]
    public async Task The_same_id_with_other_answers_is_refused()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var version = await (await FieldWork.PrepareAsync(evaluation, form)).VersionAsync(form);
        var partner = evaluation.WithScope("evaluation.submit");
        object One(string answer) => new { submissions = new[] { new { instanceId = form + ":1", formId = form, formVersion = version, answers = Answers(("AC1", answer)) } } };
        await partner.PostAsync<BulkReport>(Path, One("yes"));

        var refused = Assert.Single((await partner.PostAsync<BulkReport>(Path, One("no"))).Results);

        Assert.Equal("submission_differs", refused.Code);
        Assert.DoesNotContain("XML", refused.Detail); // which a partner system never sent
    }

    [Theory]
    [InlineData("""{"submissions":[]}""", "validation_failed")]
    [InlineData("""{"submissions":[null]}""", "request_not_readable")]
    [InlineData("""{"submissions":[{"instanceId":"","formId":"x","formVersion":"1","answers":{} } ] }""", "validation_failed")]
    [InlineData("""{"submissions":[{"instanceId":"1","formId":"x","formVersion":"1"}]}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await evaluation.WithScope("evaluation.submit").PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_text_that_no_database_can_hold_is_refused_by_item()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var version = await (await FieldWork.PrepareAsync(evaluation, form)).VersionAsync(form);
        var body = $$$"""{"submissions":[{"instanceId":"{{{form}}}:a","formId":"{{{form}}}","formVersion":"{{{version}}}","answers":{"AC1":"\u0000"} },{"instanceId":"{{{form}}}:b","formId":"{{{form}}}","formVersion":"{{{version}}}","answers":{"AC1":"\ud800"} },{"instanceId":"\u0000","formId":"{{{form}}}","formVersion":"{{{version}}}","answers":{} } ] }""";

        var report = await (await evaluation.WithScope("evaluation.submit").PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"))).ReadAsync<BulkReport>();

        Assert.Equal(["answer_not_valid", "answer_not_valid", "instance_id_not_valid"], report.Results.Select(r => r.Code));
    }

    /// <summary>Item codes as they are; a record's members would be written in camel case.</summary>
    private static Dictionary<string, object?> Answers(params (string Item, object? Answer)[] answers) => answers.ToDictionary(a => a.Item, a => a.Answer);

    [Fact]
    public async Task Only_a_partner_system_with_the_scope_submits()
    {
        var body = new { submissions = new[] { new { instanceId = "1", formId = "x", formVersion = "1", answers = new { } } } };
        await evaluation.WithScope("evaluation.read").PostAsync(Path, body).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.Evaluator).PostAsync(Path, body).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.Anonymous().PostAsync(Path, body).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
