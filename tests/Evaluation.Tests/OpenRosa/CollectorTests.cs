using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

public class CollectorTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_revoked_or_outdated_address_opens_nothing()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        await field.Phone.FormListAsync();

        await field.Office.PostAsync<CollectorView>($"/api/evaluation/collectors/{field.Issued.Collector.Id}/revoke");

        foreach (var path in new[] { "/formList", "/settings.png", "/submission", $"/forms/{FieldWork.Baseline}/manifest" })
            Assert.Equal(HttpStatusCode.Forbidden, (await evaluation.Anonymous().GetAsync(field.Issued.ServerUrl + path)).StatusCode);
        Assert.Equal("collector_not_permitted", (await field.Phone.SubmitAsync((await field.FillAsync()).Xml)).Nature);
        await field.Office.PutAsync($"/api/evaluation/collectors/{field.Issued.Collector.Id}", Scope(field, [field.Facility]), "*")
            .RefusesAsync(HttpStatusCode.Conflict, "collector_revoked");

        var (outdated, _) = await field.IssueAsync([FieldWork.Baseline], [field.Facility]);
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update collectors set valid_until = {evaluation.Clock.GetUtcNow()} where id = {outdated.Collector.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await evaluation.Anonymous().GetAsync(outdated.ServerUrl + "/formList")).StatusCode);
    }

    [Fact]
    public async Task What_was_refused_for_its_facility_is_taken_once_the_office_allows_it()
    {
        var (field, other) = (await FieldWork.PrepareAsync(evaluation), await FieldWork.PrepareAsync(evaluation));
        var sent = await field.FillAsync(facility: other.Facility);
        Assert.Equal("facility_not_permitted", (await field.Phone.SubmitAsync(sent.Xml)).Nature);
        var path = $"/api/evaluation/collectors/{field.Issued.Collector.Id}";

        await field.Office.PutAsync(path, Scope(field, [field.Facility, other.Facility]), null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        var etag = (await field.Office.GetAsync(path)).Headers.ETag!.Tag;
        var changed = await (await field.Office.PutAsync(path, Scope(field, [field.Facility, other.Facility]), etag)).ReadAsync<CollectorView>();

        Assert.Equal(2, changed.Facilities.Count);
        Assert.True((await field.Phone.SubmitAsync(sent.Xml)).IsSuccess);
        await field.Office.PutAsync(path, Scope(field, [field.Facility]), etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task The_settings_are_what_Collect_reads_from_the_code()
    {
        var field = await FieldWork.PrepareAsync(evaluation);

        var settings = JsonSerializer.Deserialize<JsonElement>(await evaluation.Anonymous().GetStringAsync(field.Issued.SettingsUrl));
        Assert.Equal(field.Issued.ServerUrl, settings.GetProperty("general").GetProperty("server_url").GetString());
        Assert.Equal("match_exactly", settings.GetProperty("general").GetProperty("form_update_mode").GetString());
        Assert.Equal(JsonValueKind.Object, settings.GetProperty("admin").ValueKind);
        Assert.Equal("Team 3, phone 2", settings.GetProperty("project").GetProperty("name").GetString());

        var scanned = await ZbarAsync(await evaluation.Anonymous().GetByteArrayAsync(field.Issued.QrUrl));
        using var json = new StreamReader(new ZLibStream(new MemoryStream(Convert.FromBase64String(scanned)), CompressionMode.Decompress), Encoding.UTF8);
        Assert.Equal(settings.GetRawText(), await json.ReadToEndAsync());
    }

    [Fact]
    public async Task No_browser_and_no_proxy_keeps_what_holds_the_key_or_the_cards()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        foreach (var path in new[] { "/formList", "/settings.json", "/settings.png", $"/forms/{FieldWork.Baseline}/manifest", $"/forms/{FieldWork.Baseline}/attachments/workers.csv" })
            Assert.True((await evaluation.Anonymous().GetAsync(field.Issued.ServerUrl + path)).Headers.CacheControl?.NoStore, path);
    }

    [Fact]
    public async Task The_token_is_stored_nowhere_and_listed_nowhere()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var token = new Uri(field.Issued.ServerUrl).AbsolutePath.Split('/')[3];

        var stored = await evaluation.InDbAsync(db => db.Collectors.Where(c => c.Id == field.Issued.Collector.Id).Select(c => c.TokenHash).SingleAsync());
        Assert.Equal(Secret.Hash(token), stored);
        var list = await field.Office.GetStringAsync($"/api/evaluation/collectors?facility={field.Facility}&usable=true");
        Assert.Equal(field.Issued.Collector.Id, Assert.Single(JsonSerializer.Deserialize<Page<CollectorView>>(list, HttpSteps.Json)!.Items).Id);
        Assert.DoesNotContain(token, list);

        var request = Scope(field, [field.Facility]);
        var key = Guid.NewGuid().ToString();
        var first = await field.Office.PostOnceAsync("/api/evaluation/collectors", request, key);
        Assert.True(first.Headers.CacheControl?.NoStore);
        await first.ReadAsync<IssuedCollector>();
        // The answer held the token, so it is not kept for a repetition either.
        await field.Office.PostOnceAsync("/api/evaluation/collectors", request, key).RefusesAsync(HttpStatusCode.Conflict, "answer_not_kept");
        Assert.DoesNotContain("openrosa", await evaluation.InDbAsync(db => db.Set<IdempotencyKey>().Where(k => k.Key == key).Select(k => Encoding.UTF8.GetString(k.Body)).SingleAsync()));
    }

    [Theory]
    [InlineData("""{"label":"x","forms":["bc-nothing"],"facilities":["F"],"validUntil":"2026-12-01T00:00:00Z"}""", "form_unknown")]
    [InlineData("""{"label":"x","forms":["bc-facility"],"facilities":["F"],"validUntil":"2026-12-01T00:00:00Z"}""", "facility_unknown")]
    [InlineData("""{"label":"x","forms":["bc-facility"],"facilities":[],"validUntil":"2026-12-01T00:00:00Z"}""", "validation_failed")]
    [InlineData("""{"label":"","forms":["bc-facility"],"facilities":["F"],"validUntil":"2026-12-01T00:00:00Z"}""", "validation_failed")]
    public async Task What_would_show_only_in_the_field_is_refused_at_once(string body, string code) =>
        await evaluation.As(Roles.ProgrammeOffice).PostAsync("/api/evaluation/collectors", new StringContent(body, Encoding.UTF8, "application/json"))
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task Only_evaluators_and_the_programme_office_issue_collectors_and_not_for_ever()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        foreach (var role in new[] { Roles.Employer, Roles.Volunteer, Roles.TrainingPartner, Roles.Operator })
            await evaluation.As(role).PostAsync("/api/evaluation/collectors", Scope(field, [field.Facility])).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.Anonymous().GetAsync("/api/evaluation/collectors").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var days in new[] { -1, 3000 })
            await field.Office.PostAsync("/api/evaluation/collectors", Scope(field, [field.Facility]) with { ValidUntil = evaluation.Clock.GetUtcNow().AddDays(days) })
                .RefusesAsync(HttpStatusCode.BadRequest, "valid_until_not_valid");
    }

    private CollectorScope Scope(FieldWork field, IReadOnlyList<string> facilities) =>
        new("Team 3, phone 2", [FieldWork.Baseline], facilities, evaluation.Clock.GetUtcNow().AddDays(30).ToOffset(TimeSpan.FromHours(3)));

    /// <summary>A decoder that nobody here wrote (zbar-tools).</summary>
    private static async Task<string> ZbarAsync(byte[] png)
    {
        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():n}.png");
        await File.WriteAllBytesAsync(file, png);
        try
        {
            using var zbar = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("zbarimg", ["--raw", "-q", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = await zbar.StandardOutput.ReadToEndAsync();
            await zbar.WaitForExitAsync();
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }
}
