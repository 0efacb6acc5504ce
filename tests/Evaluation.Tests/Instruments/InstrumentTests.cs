using System.Net;
using System.Security.Cryptography;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class InstrumentTests(EvaluationApp evaluation)
{
    private const string Instruments = "/api/evaluation/instruments";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    [Fact]
    public async Task A_draft_is_edited_published_once_and_stays_as_it_was_published()
    {
        var definition = Forms.Of(Forms.Ask("age"));
        var drafted = await _evaluator.PostAsync(Instruments, definition);
        var address = drafted.Headers.Location!.ToString();

        var better = definition with { Items = [Forms.Ask("age"), Forms.Choose("again")] };
        var edited = await _evaluator.PutAsync(address, better, drafted.Headers.ETag!.Tag);
        await _evaluator.PutAsync(address, better, drafted.Headers.ETag!.Tag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        await _evaluator.PutAsync(address, better, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        var published = await _evaluator.PostAsync<InstrumentVersionSummary>(address + "/publish");

        Assert.Equal($"{evaluation.Clock.GetUtcNow():yyyyMMdd}01", published.FormVersion);
        var bytes = await _evaluator.GetByteArrayAsync(address + "/form.xml");
        Assert.Equal(published.Md5, Convert.ToHexStringLower(MD5.HashData(bytes)));
        Assert.Equal(XForm.Render(better, published.FormVersion!), bytes);
        var etag = (await _evaluator.GetAsync(address)).Headers.ETag!.Tag;
        await _evaluator.PutAsync(address, definition, etag).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await _evaluator.PostAsync(address + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        Assert.True(edited.IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_is_not_sound_is_not_published_and_every_problem_is_told()
    {
        var definition = Forms.Of(new Item(ItemType.Integer, "age", new() { ["en"] = "Age?" }, Relevant: "${height} > 1"));
        var draft = (await _evaluator.PostAsync(Instruments, definition)).Headers.Location!.ToString();

        var problem = await _evaluator.PostAsync(draft + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "instrument_not_sound");

        Assert.Equal(["age label ar text_missing", "age relevant  reference_unknown"],
            problem.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("item")} {p.GetProperty("member")} {p.GetProperty("language")} {p.GetProperty("code")}"));
        Assert.Equal(2, (await _evaluator.GetAsync<List<Problem>>(draft + "/problems")).Count);
        await _evaluator.GetAsync(draft + "/form.xml").RefusesAsync(HttpStatusCode.Conflict, "instrument_not_sound");
        Assert.Equal(InstrumentState.Draft, (await _evaluator.GetAsync<InstrumentVersionView>(draft)).Version.State);
    }

    [Fact]
    public async Task A_version_without_an_item_that_an_indicator_is_computed_from_is_not_published()
    {
        var definition = Forms.Of(Forms.Ask("age"), Forms.Choose("AC1"));
        await _evaluator.PostAsync<InstrumentVersionView>(Instruments, definition);
        await _evaluator.PostAsync<InstrumentVersionSummary>($"{Instruments}/{definition.Code}/versions/1/publish");
        var next = await _evaluator.PostAsync($"{Instruments}/{definition.Code}/versions", new { });
        var draft = next.Headers.Location!.ToString();
        await (await _evaluator.PutAsync(draft, definition with { Items = [Forms.Ask("age")] }, next.Headers.ETag!.Tag)).ReadAsync<InstrumentVersionView>();

        var refused = await _evaluator.PostAsync(draft + "/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "instrument_not_sound");

        var problem = Assert.Single(refused.GetProperty("problems").EnumerateArray());
        Assert.Equal(("indicator_item_missing", "AC1", "lab-access"),
            (problem.GetProperty("code").GetString(), problem.GetProperty("item").GetString(), problem.GetProperty("indicator").GetString()));
        Assert.Equal("indicator_item_missing", Assert.Single(await _evaluator.GetAsync<List<Problem>>(draft + "/problems")).Code);
        Assert.Equal(InstrumentState.Draft, (await _evaluator.GetAsync<InstrumentVersionView>(draft)).Version.State);
    }

    [Fact]
    public async Task A_published_version_stays_open_beside_the_next_until_it_is_closed()
    {
        var code = await PublishedAsync();
        var next = await _evaluator.PostAsync<InstrumentVersionView>($"{Instruments}/{code}/versions");
        await _evaluator.PostAsync($"{Instruments}/{code}/versions", new { }).RefusesAsync(HttpStatusCode.Conflict, "draft_already_open");
        await _evaluator.PostAsync<InstrumentVersionSummary>($"{Instruments}/{code}/versions/2/publish");

        var versions = await _evaluator.GetAsync<Postgres.Page<InstrumentVersionSummary>>($"{Instruments}/{code}");
        Assert.Equal([(2, InstrumentState.Published), (1, InstrumentState.Published)], versions.Items.Select(v => (v.Number, v.State)));
        Assert.Equal((await _evaluator.GetAsync<InstrumentVersionView>($"{Instruments}/{code}/versions/1")).Definition.Items.Count, next.Definition.Items.Count);

        Assert.Equal(InstrumentState.Closed, (await _evaluator.PostAsync<InstrumentVersionSummary>($"{Instruments}/{code}/versions/1/close")).State);
        await _evaluator.PostAsync($"{Instruments}/{code}/versions/1/close", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_discarded_draft_leaves_no_trace()
    {
        var code = await PublishedAsync();
        await _evaluator.PostAsync<InstrumentVersionView>($"{Instruments}/{code}/versions");

        Assert.Equal(HttpStatusCode.NoContent, (await _evaluator.DeleteAsync($"{Instruments}/{code}/versions/2")).StatusCode);

        await _evaluator.GetAsync($"{Instruments}/{code}/versions/2").RefusesAsync(HttpStatusCode.NotFound, "instrument_version_unknown");
        await _evaluator.DeleteAsync($"{Instruments}/{code}/versions/1").RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        Assert.Equal(2, (await _evaluator.PostAsync<InstrumentVersionView>($"{Instruments}/{code}/versions")).Version.Number);

        var never = Forms.Of(Forms.Ask("age"));
        await _evaluator.PostAsync<InstrumentVersionView>(Instruments, never);
        await _evaluator.DeleteAsync($"{Instruments}/{never.Code}/versions/1");
        await _evaluator.GetAsync($"{Instruments}/{never.Code}").RefusesAsync(HttpStatusCode.NotFound, "instrument_unknown");
    }

    [Fact]
    public async Task A_code_or_a_form_id_that_is_taken_is_refused()
    {
        var definition = Forms.Of(Forms.Ask("age"));
        await _evaluator.PostAsync<InstrumentVersionView>(Instruments, definition);
        await _evaluator.PostAsync(Instruments, definition).RefusesAsync(HttpStatusCode.Conflict, "instrument_already_known");
        await _evaluator.PostAsync(Instruments, Forms.Of(Forms.Ask("age")) with { FormId = definition.FormId }).RefusesAsync(HttpStatusCode.Conflict, "form_id_taken");
    }

    [Fact]
    public async Task A_version_cannot_become_another_instrument()
    {
        var drafted = await _evaluator.PostAsync(Instruments, Forms.Of(Forms.Ask("age")));
        await _evaluator.PutAsync(drafted.Headers.Location!.ToString(), Forms.Of(Forms.Ask("age")), drafted.Headers.ETag!.Tag)
            .RefusesAsync(HttpStatusCode.BadRequest, "instrument_not_the_same");
    }

    [Theory]
    [InlineData("""{"code":"x","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[],"items":[]}""", "validation_failed")]
    [InlineData("""{"code":"X","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[]}""", "request_not_readable")]
    [InlineData("""{"code":"X","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[{"name":"a","choices":null}],"items":[]}""", "request_not_readable")]
    [InlineData("""{"code":"X","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[],"items":[{"name":"a"}]}""", "request_not_readable")]
    [InlineData("""{"code":"X","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[],"items":[{"type":"Image","name":"a"}]}""", "request_not_readable")]
    [InlineData("""{"code":"X","formId":"f","title":"t","respondent":"Worker","languages":["en"],"scales":[],"items":[{"type":"Text","name":"a","colour":"red"}]}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await _evaluator.PostAsync(Instruments, new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task The_programme_office_reads_but_does_not_write_and_the_document_of_the_API_is_there()
    {
        var office = evaluation.As(Roles.ProgrammeOffice);
        await office.PostAsync(Instruments, Forms.Of(Forms.Ask("age"))).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await office.PostAsync($"{Instruments}/I1/versions/1/close", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.True((await office.GetAsync($"{Instruments}/I1/versions/1/form.xml")).IsSuccessStatusCode);
        Assert.Contains("/api/evaluation/instruments/import", await evaluation.Anonymous().GetStringAsync("/openapi/evaluation.json"));
    }

    private async Task<string> PublishedAsync()
    {
        var definition = Forms.Of(Forms.Ask("age"));
        await _evaluator.PostAsync<InstrumentVersionView>(Instruments, definition);
        await _evaluator.PostAsync<InstrumentVersionSummary>($"{Instruments}/{definition.Code}/versions/1/publish");
        return definition.Code;
    }
}
