using System.Net;
using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Forms fetched from the server, filled by the engine of ODK Web Forms and sent back: a whole interview with code that nobody here wrote.</summary>
public class EngineTests(EvaluationApp evaluation)
{
    private sealed record Filled(string Form, string Language, string Status, string Xml);

    [Fact]
    public async Task Every_instrument_in_every_language_is_fetched_filled_sent_sent_again_and_edited()
    {
        string[] all = [FieldWork.Baseline, FieldWork.Endline, "bc-worker-follow-up", "bc-volunteer", "bc-champion", "bc-employer", FieldWork.Checklist];
        var field = await FieldWork.PrepareAsync(evaluation, all);
        var pseudonym = await evaluation.InDbAsync(db => db.Workers.Where(w => w.Id == field.Workers[0].WorkerId).Select(w => w.Pseudonym).SingleAsync());
        var languages = await evaluation.InDbAsync(db => db.InstrumentVersions.Where(v => all.Contains(v.FormId) && v.State == InstrumentState.Published).Select(v => v.Languages).ToListAsync());

        var filled = await FillAsync(field);
        Assert.Equal(languages.Sum(l => l.Count), filled.Count);

        foreach (var form in filled)
        {
            Assert.Equal("ready", form.Status);
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var sent = await field.Phone.SubmitAsync(form.Xml);
                Assert.True(sent.IsSuccess, $"{form.Form} in {form.Language}: {sent.Message}");
            }
            var id = InstanceId(form.Xml);
            var edit = form.Xml.Replace($"<instanceID>{id}</instanceID>", $"<instanceID>uuid:{Guid.NewGuid()}</instanceID><deprecatedID>{id}</deprecatedID>");
            Assert.Equal(HttpStatusCode.Created, (await field.Phone.SubmitAsync(edit)).Status);

            var stored = await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.InstanceId == InstanceId(edit)));
            Assert.Equal(field.FacilityId, stored.FacilityId);
            Assert.Equal(form.Xml.Contains("<card>") ? pseudonym : null, stored.Respondent);
            Assert.NotNull(stored.StartedAt);
            Assert.Empty(stored.Problems!); // what the engine allows is allowed here
            Assert.True(stored.Answers.EnumerateObject().Count() >= 5);
            Assert.DoesNotContain(field.Workers[0].Code, stored.Answers.GetRawText());
        }
        Assert.Equal(2 * filled.Count, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
    }

    private static async Task<IReadOnlyList<Filled>> FillAsync(FieldWork field)
    {
        var folder = Directory.CreateTempSubdirectory("forms-").FullName;
        try
        {
            var forms = new List<string>();
            foreach (var listed in await field.Phone.FormListAsync())
            {
                var (xform, files) = await field.Phone.DownloadAsync(listed);
                forms.Add(Path.Combine(folder, listed.FormId + ".xml"));
                await File.WriteAllTextAsync(forms[^1], xform);
                foreach (var file in files) await File.WriteAllTextAsync(Path.Combine(folder, file.Name), file.Content);
            }
            var lines = await Clients.RunAsync("fill-form.mjs", "", ["--attachments", folder, "--set", $"card={field.Workers[0].Code}", .. forms]);
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Filled>(l, JsonSerializerOptions.Web)!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string InstanceId(string xml) => xml[(xml.IndexOf("<instanceID>", StringComparison.Ordinal) + 12)..xml.IndexOf("</instanceID>", StringComparison.Ordinal)];
}
