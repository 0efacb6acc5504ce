using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Instruments.XlsForms;
using BetterConnections.Evaluation.Tests.OpenRosa;
using BetterConnections.Testing;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>Questions and choices read aloud, from the recording to the phone.</summary>
public class InstrumentFileTests(EvaluationApp evaluation)
{
    private const string Instruments = "/api/evaluation/instruments";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    private static byte[] Recording() => [.. "ID3"u8, .. Guid.NewGuid().ToByteArray()];

    [Fact]
    public async Task A_phone_gets_the_recordings_of_its_form_and_nobody_gets_those_of_another()
    {
        var (definition, address) = await DraftAsync();
        var (question, choice) = (Recording(), Recording());
        await KeepAsync(address, "age-en.mp3", question);
        await KeepAsync(address, "yes-ar.mp3", choice);
        await KeepAsync(address, "spare.mp3", Recording());
        await _evaluator.PostAsync<InstrumentVersionSummary>($"{address}/versions/1/publish");
        var field = await FieldWork.PrepareAsync(evaluation, definition.FormId);
        var form = Assert.Single(await field.Phone.FormListAsync());

        var (xform, files) = await field.Phone.DownloadAsync(form); // compares the hashes

        Assert.Equal(["age-en.mp3", "yes-ar.mp3"], files.Select(f => f.Name));
        Assert.Equal([Encoding.UTF8.GetString(question), Encoding.UTF8.GetString(choice)], files.Select(f => f.Content));
        Assert.Contains("""<value form="audio">jr://audio/age-en.mp3</value>""", xform);
        var got = await evaluation.Anonymous().GetAsync($"{field.Issued.ServerUrl}/forms/{form.FormId}/attachments/age-en.mp3");
        Assert.Equal("audio/mpeg", got.Content.Headers.ContentType?.MediaType);
        var other = await FieldWork.PrepareAsync(evaluation);
        foreach (var path in new[] { $"/forms/{FieldWork.Baseline}/attachments/age-en.mp3", $"/forms/{form.FormId}/attachments/age-en.mp3" })
            Assert.Contains((await evaluation.Anonymous().GetAsync(other.Issued.ServerUrl + path)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        Assert.Equal(HttpStatusCode.NotFound, (await evaluation.Anonymous().GetAsync($"{field.Issued.ServerUrl}/forms/{form.FormId}/attachments/spare.mp3")).StatusCode);
    }

    [Fact]
    public async Task A_form_whose_recording_is_missing_is_not_published()
    {
        var (_, address) = await DraftAsync();
        await KeepAsync(address, "age-en.mp3", Recording());

        var refused = await _evaluator.PostAsync($"{address}/versions/1/publish", new { }).RefusesAsync(HttpStatusCode.Conflict, "instrument_not_sound");

        var problem = Assert.Single(refused.GetProperty("problems").EnumerateArray());
        Assert.Equal(("audio_unknown", "YN/yes", "audio", "ar"), (problem.GetProperty("code").GetString(), problem.GetProperty("item").GetString(),
            problem.GetProperty("member").GetString(), problem.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task A_recording_never_changes_and_stays_while_a_published_form_plays_it()
    {
        var (_, address) = await DraftAsync();
        var recording = Recording();
        var kept = await KeepAsync(address, "age-en.mp3", recording);
        await KeepAsync(address, "yes-ar.mp3", Recording());
        await KeepAsync(address, "spare.mp3", Recording());
        await _evaluator.PostAsync<InstrumentVersionSummary>($"{address}/versions/1/publish");

        Assert.Equal(kept, await KeepAsync(address, "age-en.mp3", recording));
        await PutAsync(address, "age-en.mp3", Recording()).RefusesAsync(HttpStatusCode.Conflict, "file_differs");
        await _evaluator.DeleteAsync($"{address}/files/age-en.mp3").RefusesAsync(HttpStatusCode.Conflict, "file_in_use");
        Assert.Equal(HttpStatusCode.NoContent, (await _evaluator.DeleteAsync($"{address}/files/spare.mp3")).StatusCode);

        Assert.Equal(["age-en.mp3", "yes-ar.mp3"], (await _evaluator.GetAsync<List<InstrumentFileView>>($"{address}/files")).Select(f => f.Name));
        Assert.Equal(recording, await _evaluator.GetByteArrayAsync($"{address}/files/age-en.mp3"));
    }

    [Fact]
    public async Task What_is_no_recording_or_has_no_proper_name_is_refused()
    {
        var (_, address) = await DraftAsync();
        await PutAsync(address, "age-en.mp3", [.. "<html><script>"u8]).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "attachment_type_not_taken");
        await PutAsync(address, "age-en.mp3", []).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "attachment_type_not_taken");
        await PutAsync(address, "age.html", Recording()).RefusesAsync(HttpStatusCode.BadRequest, "file_name_not_valid");
        await PutAsync(address, "long.mp3", [.. Recording(), .. new byte[InstrumentFile.Largest]]).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        await PutAsync($"{Instruments}/NOBODY", "age.mp3", Recording()).RefusesAsync(HttpStatusCode.NotFound, "instrument_unknown");
        await evaluation.As(Roles.ProgrammeOffice).PutAsync($"{address}/files/age.mp3", Content(Recording())).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _evaluator.GetAsync($"{address}/files/age-en.mp3").RefusesAsync(HttpStatusCode.NotFound, "file_unknown");
    }

    [Fact]
    public async Task A_workbook_names_recordings_as_others_write_them_and_gives_them_back()
    {
        var (definition, _) = await DraftAsync();

        var (back, errors, _) = XlsFormImport.Read(XlsFormWorkbook.Read(new MemoryStream(XlsFormExport.Write(definition, null))), null, null);

        Assert.Empty(errors);
        Assert.Equal(("age-en.mp3", "yes-ar.mp3"), (back!.Items[0].Audio!["en"], back.ScaleNamed("YN")!.Choices[0].Audio!["ar"]));
        Assert.Equal(XForm.Render(definition, "1"), XForm.Render(back, "1"));
    }

    private async Task<(InstrumentDefinition Definition, string Address)> DraftAsync()
    {
        var definition = Forms.Of(Forms.Ask("age") with { Audio = new() { ["en"] = "age-en.mp3" } }, Forms.Choose("again")) with
        {
            Scales = [new("YN", [Forms.YesNo.Choices[0] with { Audio = new() { ["ar"] = "yes-ar.mp3" } }, Forms.YesNo.Choices[1]])],
        };
        await _evaluator.PostAsync<InstrumentVersionView>(Instruments, definition);
        return (definition, $"{Instruments}/{definition.Code}");
    }

    private async Task<InstrumentFileView> KeepAsync(string address, string name, byte[] content) => await (await PutAsync(address, name, content)).ReadAsync<InstrumentFileView>();

    private Task<HttpResponseMessage> PutAsync(string address, string name, byte[] content) => _evaluator.PutAsync($"{address}/files/{name}", Content(content));

    private static ByteArrayContent Content(byte[] content) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue("audio/mpeg") } };
}
