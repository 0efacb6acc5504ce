using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Frame;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>What ODK Collect does from the scan of the code to the sent interview.</summary>
public class CollectTests(EvaluationApp evaluation)
{
    [Fact]
    public async Task A_phone_gets_its_forms_with_the_lists_of_its_own_facilities_and_sends_an_interview()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var elsewhere = await FieldWork.PrepareAsync(evaluation);

        var forms = await field.Phone.FormListAsync();
        Assert.Equal([FieldWork.Baseline, FieldWork.Checklist], forms.Select(f => f.FormId).Order().Reverse());
        var (xform, files) = await field.Phone.DownloadAsync(forms.Single(f => f.FormId == FieldWork.Baseline));

        Assert.Contains("jr://file-csv/workers.csv", xform);
        Assert.Equal($"name,label\n{field.Facility},{field.Facility} Zone 91\n", files.Single(f => f.Name == "facilities.csv").Content);
        var workers = files.Single(f => f.Name == "workers.csv").Content.TrimEnd('\n').Split('\n');
        Assert.Equal("name,label,facility,language,card", workers[0]);
        Assert.Equal(3, workers.Length - 1);
        Assert.DoesNotContain(elsewhere.Workers[0].Code, string.Concat(workers));
        var row = Assert.Single(workers, w => w.EndsWith("," + field.Workers[0].Code, StringComparison.Ordinal)).Split(',');
        Assert.Equal([field.Workers[0].Code, field.Facility, "ne", field.Workers[0].Code], row[1..]);
        Assert.True(Pseudonyms.IsOne(row[0]));

        var sent = await field.FillAsync();
        var answer = await field.Phone.SubmitAsync(sent.Xml);

        Assert.True(answer.IsSuccess, answer.Message);
        var stored = await evaluation.InDbAsync(db => db.Submissions.SingleAsync(s => s.InstanceId == sent.InstanceId));
        Assert.Equal((row[0], (Guid?)field.FacilityId, "I1", "collect:abc"), (stored.Respondent, stored.FacilityId, stored.Instrument, stored.DeviceId));
        Assert.Equal(sent.Xml, System.Text.Encoding.UTF8.GetString(stored.Body));
        Assert.Equal("""{"AC1":"yes","AC2":null}""", stored.Answers.GetRawText().Replace(" ", ""));
        Assert.False(stored.ClockOff || stored.Late || !stored.Complete);
    }

    [Theory]
    [InlineData("formList", true)]
    [InlineData("forms/bc-worker-baseline.xml", true)]
    [InlineData("forms/bc-worker-baseline/attachments/workers.csv", true)]
    [InlineData("settings.json", true)]
    [InlineData("/api/evaluation/public/results?format=html", true)]
    [InlineData("/api/evaluation/instruments", false)] // read with a token
    public async Task What_goes_over_a_poor_connection_is_compressed(string path, bool isCompressed)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        using var request = new HttpRequestMessage(HttpMethod.Get, path[0] == '/' ? path : $"{field.Issued.ServerUrl.TrimEnd('/')}/{path}") { Headers = { { "Accept-Encoding", "gzip" } } };
        var answer = await (isCompressed ? evaluation.Anonymous() : field.Office).SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isCompressed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Every_form_of_the_list_is_what_its_hash_says_and_names_the_files_it_reads()
    {
        var field = await FieldWork.PrepareAsync(evaluation, FieldWork.Baseline, FieldWork.Endline, "bc-worker-follow-up", "bc-volunteer", "bc-champion", "bc-employer", FieldWork.Checklist);

        var forms = await field.Phone.FormListAsync("?verbose=true");

        Assert.Equal(7, forms.Count);
        foreach (var form in forms)
        {
            var (xform, files) = await field.Phone.DownloadAsync(form);
            Assert.Equal(files.Select(f => f.Name).Order(), new[] { "facilities.csv", "workers.csv" }.Where(f => xform.Contains($"jr://file-csv/{f}")));
        }
    }

    [Fact]
    public async Task Addresses_in_the_documents_are_those_the_public_uses()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var client = evaluation.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "survey.example.qa");
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/bc");
        // A slash at the end is what people type.
        var phone = new CollectDouble(client, field.Issued.ServerUrl + "/");

        var form = (await phone.FormListAsync($"?formID={FieldWork.Baseline}")).Single();

        var path = new Uri(field.Issued.ServerUrl).AbsolutePath;
        Assert.Equal($"https://survey.example.qa/bc{path}/forms/{FieldWork.Baseline}/manifest", form.ManifestUrl);
        Assert.Equal($"https://survey.example.qa/bc{path}/forms/{FieldWork.Baseline}/versions/{form.Version}.xml", form.DownloadUrl);
    }

    [Fact]
    public async Task A_list_that_changed_is_fetched_again_and_one_that_did_not_is_not()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var address = $"{field.Issued.ServerUrl}/forms/{FieldWork.Baseline}/attachments/workers.csv";
        var client = evaluation.Anonymous();
        var before = (await client.GetAsync(address)).Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync());
        await evaluation.DeliverAsync(new WorkersJoined(field.FacilityId, [new(Guid.NewGuid(), FieldWork.Card(), ["si"])], DateTimeOffset.UtcNow));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync() =>
            (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { new EntityTagHeaderValue(before.Tag) } } })).StatusCode;
    }

    [Fact]
    public async Task The_list_has_the_latest_version_and_all_of_them_on_request()
    {
        var form = await Forms.PublishAsync(evaluation);
        var field = await FieldWork.PrepareAsync(evaluation, form.FormId);
        var first = await field.VersionAsync(form.FormId);
        await Forms.PublishNextAsync(evaluation, form.Code);
        var second = await field.VersionAsync(form.FormId);

        Assert.Equal([second], (await field.Phone.FormListAsync()).Select(f => f.Version));
        var all = await field.Phone.FormListAsync("?listAllVersions=true");
        Assert.Equal([second, first], all.Select(f => f.Version));
        foreach (var version in all) await field.Phone.DownloadAsync(version);
        Assert.Contains($"version=\"{second}\"", await evaluation.Anonymous().GetStringAsync($"{field.Issued.ServerUrl}/forms/{form.FormId}.xml"));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_whole_is_an_error_and_never_shorter()
    {
        // Of its own, for the table it breaks.
        var own = new EvaluationApp();
        await using var _ = own;
        await own.InitializeAsync();
        var field = await FieldWork.PrepareAsync(own);
        await own.InDbAsync(db => db.Database.ExecuteSqlAsync($"alter table instrument_versions rename column md5 to gone"));

        var answer = await own.Anonymous().GetAsync($"{field.Issued.ServerUrl}/formList");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("internal_server_error", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Enketo_asks_with_head_and_a_browser_without_the_version()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var client = evaluation.Anonymous();

        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(new(HttpMethod.Head, $"{field.Issued.ServerUrl}/formList"))).StatusCode);
        var submission = await client.SendAsync(new(HttpMethod.Head, $"{field.Issued.ServerUrl}/submission"));
        Assert.Equal(HttpStatusCode.NoContent, submission.StatusCode);
        Assert.Equal("100000000", Assert.Single(submission.Headers.GetValues("X-OpenRosa-Accept-Content-Length")));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{field.Issued.ServerUrl}/formList")).StatusCode);
        client.DefaultRequestHeaders.Add("X-OpenRosa-Version", "2.0");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"{field.Issued.ServerUrl}/formList")).StatusCode);
    }
}
