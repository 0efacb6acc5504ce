using System.Net;
using System.Text.Json;
using BetterConnections.Evaluation.Assignments;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Tests.Waves;
using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Forms fetched from the server, filled by the engine of ODK Web Forms and sent back: a whole interview with code that nobody here wrote.</summary>
public class EngineTests(EvaluationApp evaluation)
{
    private sealed record Filled(string Form, string Language, string Status, string Xml, string Edit);

    [Fact]
    public async Task Every_instrument_in_every_language_is_fetched_filled_sent_sent_again_and_edited()
    {
        string[] all = [FieldWork.Baseline, FieldWork.Endline, "bc-worker-follow-up", "bc-volunteer", "bc-champion", "bc-employer", FieldWork.Checklist];
        var field = await FieldWork.PrepareAsync(evaluation, all);
        var pseudonym = await evaluation.InDbAsync(db => db.Workers.Where(w => w.Id == field.Workers[0].WorkerId).Select(w => w.Pseudonym).SingleAsync());
        var languages = await evaluation.InDbAsync(db => db.InstrumentVersions.Where(v => all.Contains(v.FormId) && v.State == InstrumentState.Published).Select(v => v.Languages).ToListAsync());

        var filled = await FillAsync(field.Phone, $"card={field.Workers[0].Code}");
        Assert.Equal(languages.Sum(l => l.Count), filled.Count);

        foreach (var form in filled)
        {
            Assert.Equal("ready", form.Status);
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var sent = await field.Phone.SubmitAsync(form.Xml);
                Assert.True(sent.IsSuccess, $"{form.Form} in {form.Language}: {sent.Message}");
            }
            Assert.Equal(HttpStatusCode.Created, (await field.Phone.SubmitAsync(form.Edit)).Status);

            var original = await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.InstanceId == InstanceId(form.Xml)));
            var stored = await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.InstanceId == InstanceId(form.Edit)));
            Assert.Equal(stored.Id, original.SupersededBy);
            Assert.Equal(field.FacilityId, stored.FacilityId);
            Assert.Equal(form.Xml.Contains("<card>") ? pseudonym : null, stored.Respondent);
            Assert.NotNull(stored.StartedAt);
            Assert.Empty(stored.Problems!); // what the engine allows is allowed here
            Assert.True(stored.Answers.EnumerateObject().Count() >= 5);
            Assert.DoesNotContain(field.Workers[0].Code, stored.Answers.GetRawText());
        }
        Assert.Equal(2 * filled.Count, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
    }

    [Fact]
    public async Task Who_declines_is_counted_at_the_facility_named_nowhere_and_due_until_an_evaluator_records_whom()
    {
        var survey = await new Survey(evaluation).WithFacilitiesAsync(3);
        await survey.OpenAsync();
        await survey.DrawAsync(new { perCluster = 3 });
        var issued = await survey.Evaluator.PostAsync<IssuedCollector>("/api/evaluation/collectors",
            new { label = "Team 5", forms = new[] { FieldWork.Baseline }, facilities = new[] { survey.Places[0].Code }, validUntil = evaluation.Clock.GetUtcNow().AddDays(30) });
        var phone = new CollectDouble(evaluation.Anonymous(), issued.ServerUrl);

        var declined = await FillAsync(phone, "consent=no"); // once in each language
        foreach (var form in declined) Assert.True((await phone.SubmitAsync(form.Xml)).IsSuccess);

        var stored = await evaluation.InDbAsync(db => db.Submissions.Where(s => s.FacilityId == survey.Places[0].Id).ToListAsync());
        Assert.Equal((2, 2), (declined.Count, stored.Count));
        Assert.All(stored, s => Assert.Null(s.Respondent));
        var progress = await ProgressAsync();
        Assert.Equal((3, 0, 3, 2), (progress.Assigned, progress.Refused, progress.Due, progress.Declined));

        await survey.Evaluator.PostAsync<AttemptView>($"/api/evaluation/assignments/{(await survey.AssignmentsAsync())[0].Id}/attempts", new { outcome = "Refused" });
        progress = await ProgressAsync();
        Assert.Equal((1, 2, 2), (progress.Refused, progress.Due, progress.Declined));

        var agreed = await survey.SubmitAsync(survey.Places[0], survey.Places[0].Workers[2]);
        await survey.Evaluator.PostAsync<WaveView>($"{survey.Address}/close");
        var frozen = await survey.Evaluator.PostAsync<SnapshotView>($"{survey.Address}/freeze");
        Assert.Equal((1, 2, 0), (frozen.Submissions, frozen.Declined, frozen.Duplicates));
        Assert.Equal([agreed.Id], await evaluation.InDbAsync(db => db.SnapshotSubmissions.Where(s => s.WaveId == agreed.WaveId).Select(s => s.SubmissionId).ToListAsync()));

        async Task<ProgressView> ProgressAsync() => Assert.Single((await survey.Evaluator.GetAsync<Page<ProgressView>>($"{survey.Address}/facilities")).Items);
    }

    private static async Task<IReadOnlyList<Filled>> FillAsync(CollectDouble phone, string answer)
    {
        var folder = Directory.CreateTempSubdirectory("forms-").FullName;
        try
        {
            var forms = new List<string>();
            foreach (var listed in await phone.FormListAsync())
            {
                var (xform, files) = await phone.DownloadAsync(listed);
                forms.Add(Path.Combine(folder, listed.FormId + ".xml"));
                await File.WriteAllTextAsync(forms[^1], xform);
                foreach (var file in files) await File.WriteAllTextAsync(Path.Combine(folder, file.Name), file.Content);
            }
            var lines = await Clients.RunAsync("fill-form.mjs", "", ["--attachments", folder, "--set", answer, .. forms]);
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Filled>(l, JsonSerializerOptions.Web)!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string InstanceId(string xml) => xml[(xml.IndexOf("<instanceID>", StringComparison.Ordinal) + 12)..xml.IndexOf("</instanceID>", StringComparison.Ordinal)];
}
