using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Submissions;

public class ExportTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task The_table_has_a_column_per_item_no_card_and_no_formula()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        var first = await field.FillAsync(form, answers: "<AC1>yes</AC1><N1>=1+1</N1>");
        await field.Phone.SubmitAsync(first.Xml);
        await field.Phone.SubmitAsync((await field.FillAsync(form, card: field.Workers[1].Code, answers: "<AC1>a \"b\", c</AC1>")).Xml);
        await field.Phone.SubmitAsync((await field.FillAsync(form, edits: first.InstanceId, answers: "<AC1>no</AC1><N1>=2+2</N1>")).Xml);

        var answer = await field.Office.GetAsync($"/api/evaluation/forms/{form}/submissions.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("id,instance_id,form_version,respondent,facility,wave_id,started_at,ended_at,received_at,review_state,clock_off,late,complete,duplicate,unknown_card,not_drawn,problems,AC1,N1", lines[0]);
        Assert.Equal(2, lines.Length - 1);
        Assert.EndsWith("Received,false,false,true,false,false,false,AC1:choice_unknown,\"a \"\"b\"\", c\",", lines[1]);
        Assert.EndsWith("Received,false,false,true,false,false,false,N1:not_a_number,no,'=2+2", lines[2]);
        Assert.DoesNotContain(field.Workers[0].Code, string.Concat(lines));
        await field.Office.GetAsync("/api/evaluation/forms/nothing/submissions.csv").RefusesAsync(HttpStatusCode.NotFound, "form_unknown");
    }

    [Fact]
    public async Task A_spreadsheet_reads_the_submissions_by_odata()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        for (var i = 0; i < 5; i++) await field.Phone.SubmitAsync((await field.FillAsync(form, answers: $"<N1>{i}</N1>")).Xml);
        var service = $"/api/evaluation/forms/{form}.svc";
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update submissions set received_at = '2026-10-01T00:00:00Z' where form_id = {form} and answers->>'N1' = '0'"));

        var answer = await field.Office.GetAsync(service);
        Assert.Equal("4.0", Assert.Single(answer.Headers.GetValues("OData-Version")));
        var context = (await JsonAsync(answer)).GetProperty("@odata.context").GetString()!;
        var metadata = XDocument.Parse(await field.Office.GetStringAsync(context));
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        Assert.Equal(["__id", "__system", "AC1", "N1"], metadata.Descendants(edm + "EntityType").Single().Elements(edm + "Property").Select(p => (string)p.Attribute("Name")!));

        var page = await QueryAsync("$top=2&$skip=1&$count=true");
        Assert.Equal(5, page.GetProperty("@odata.count").GetInt32());
        Assert.Equal(["1", "2"], Values(page));
        var row = page.GetProperty("value")[0];
        Assert.Equal((field.Facility, "Received", JsonValueKind.Null), (row.GetProperty("__system").GetProperty("facility").GetString(), row.GetProperty("__system").GetProperty("reviewState").GetString(), row.GetProperty("AC1").ValueKind));
        Assert.Equal(metadata.Descendants(edm + "ComplexType").Single().Elements().Select(p => (string)p.Attribute("Name")!), row.GetProperty("__system").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["0"], Values(await QueryAsync("$filter=__system/submissionDate lt 2026-11-01T00:00:00Z and __system/reviewState eq 'received'")));
        Assert.Equal(["1", "2", "3", "4"], Values(await QueryAsync("$filter=__system/submissionDate ge 2026-11-01T00:00:00%2B03:00")));

        await field.Office.GetAsync($"{service}/Submissions?$orderby=N1").RefusesAsync(HttpStatusCode.NotImplemented, "odata_not_supported");
        await field.Office.GetAsync($"{service}/Submissions?$filter=N1 eq '1'").RefusesAsync(HttpStatusCode.NotImplemented, "odata_not_supported");
        await field.Office.GetAsync($"{service}/Submissions?$top=-1").RefusesAsync(HttpStatusCode.BadRequest, "odata_not_valid");

        async Task<JsonElement> QueryAsync(string query) => await JsonAsync(await field.Office.GetAsync($"{service}/Submissions?{query}"));
    }

    [Fact]
    public async Task What_is_more_than_a_page_is_behind_the_next_link_and_comes_once()
    {
        var (_, form) = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form);
        await field.Phone.SubmitAsync((await field.FillAsync(form)).Xml);
        // The rows of one copied: what a phone sends is tested elsewhere.
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
            insert into submissions (form_id, form_version, instance_id, version_id, instrument, sent_by, received_at, clock_off, late, complete, review_state, media_type, sha256, body, answers)
            select form_id, form_version, 'copy:' || n, version_id, instrument, sent_by, received_at, clock_off, late, complete, review_state, media_type, sha256, body, jsonb_build_object('N1', n::text)
            from submissions, generate_series(1, 2200) n where form_id = {form}
            """));

        var seen = new List<string>();
        for (var next = $"/api/evaluation/forms/{form}.svc/Submissions?$top=2100"; next is not null;)
        {
            var page = await JsonAsync(await field.Office.GetAsync(next));
            seen.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("__id").GetString()!));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(2100, seen.Count);
        Assert.Equal(2100, seen.Distinct().Count());
    }

    private static IEnumerable<string?> Values(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("N1").GetString());

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}
