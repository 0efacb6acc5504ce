using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Instruments.XlsForms;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class XlsFormTests(EvaluationApp evaluation)
{
    private const string Import = "/api/evaluation/instruments/import";
    private readonly HttpClient _evaluator = evaluation.As(Roles.Evaluator);

    private static readonly string[] Settings = ["form_title", "form_id", "default_language"];

    [Fact]
    public async Task An_XLSForm_as_others_write_it_becomes_a_draft_that_can_be_published()
    {
        var form = $"kobo-{Guid.NewGuid():n}";
        var file = Workbook.Of(
            ("survey", [
                ["Type", "name", "label :: English (en)", "label::Arabic (ar)", "required", "relevant"],
                ["start", "start"],
                [],
                ["begin_group", "about", "About you", "عنك"],
                ["select_one yn", "learned", "Did you learn something?", "هل تعلمت شيئًا؟", "yes"],
                ["integer", "hours", "How many hours?", "كم ساعة؟", "", "${learned} = '1'"],
                ["end_group"],
            ]),
            ("choices", [["list_name", "name", "label::English (en)", "label::Arabic (ar)"], ["yn", "1", "Yes", "نعم"], ["yn", "0", "No", "لا"]]),
            ("settings", [Settings, ["A survey", form, "Arabic (ar)"]]),
            ("notes to self", [["buy", "milk"]]));
        var code = Code();

        var dry = await (await PostAsync($"?code={code}&respondent=Champion&dryRun=true", file)).ReadAsync<XlsFormReport>();
        await _evaluator.GetAsync($"/api/evaluation/instruments/{code}").RefusesAsync(HttpStatusCode.NotFound, "instrument_unknown");
        var report = await (await PostAsync($"?code={code}&respondent=Champion", file)).ReadAsync<XlsFormReport>();

        Assert.Equal((true, code, form, 1, 4), (dry.DryRun, dry.Code, dry.FormId, dry.Number, dry.Items));
        Assert.Empty(report.Problems);
        Assert.Equal(["ar", "en"], report.Languages);
        var published = await _evaluator.PostAsync<InstrumentVersionSummary>($"/api/evaluation/instruments/{code}/versions/1/publish");
        Assert.Equal((form, RespondentGroup.Champion, InstrumentState.Published), (published.FormId, published.Respondent, published.State));
    }

    [Fact]
    public async Task A_workbook_exported_here_and_changed_there_is_the_next_draft_of_the_same_instrument()
    {
        var definition = Forms.Of(Forms.Ask("age"));
        await _evaluator.PostAsync<InstrumentVersionView>("/api/evaluation/instruments", definition);
        await _evaluator.PostAsync<InstrumentVersionSummary>($"/api/evaluation/instruments/{definition.Code}/versions/1/publish");

        var file = await _evaluator.GetByteArrayAsync($"/api/evaluation/instruments/{definition.Code}/versions/1/form.xlsx");
        var report = await (await PostAsync("", file)).ReadAsync<XlsFormReport>();

        Assert.Equal((definition.Code, 2), (report.Code, report.Number));
        await PostAsync("", file).RefusesAsync(HttpStatusCode.Conflict, "draft_already_open");
    }

    [Fact]
    public async Task Everything_unsupported_is_named_by_sheet_and_row_and_nothing_is_stored()
    {
        var form = $"odd-{Guid.NewGuid():n}";
        var file = Workbook.Of(
            ("survey", [
                ["type", "name", "label::English (en)", "label::Klingon (tlh)", "parameters", "required"],
                ["text", "a", "A"],
                ["image", "b", "B"],
                ["select_one yn or_other", "c", "C"],
                ["begin repeat", "d", "D"],
                ["range", "e", "E", "", "start=1 end=5"],
                ["integer", "f", "F", "qay'", "", "${a} = 1"],
                ["end group"],
                ["begin group", "g", "G"],
            ]),
            ("choices", [["list_name", "name", "label::English (en)", "media::image"], ["yn", "", "Yes", "yes.png"]]),
            ("settings", [["form_title", "form_id", "public_key"], ["Odd", form, "MIIB"]]),
            ("entities", [["dataset"], ["workers"]]));

        var problem = await PostAsync($"?code={Code()}&respondent=Worker", file).RefusesAsync(HttpStatusCode.BadRequest, "xlsform_not_supported");

        Assert.Equal(
            [
                "choices 2 media::image column_unsupported", "choices 2 name cell_missing", "entities   sheet_unsupported", "settings 2 public_key column_unsupported",
                "survey 3 type type_unsupported", "survey 4 type type_unsupported", "survey 5 type type_unsupported", "survey 6 parameters column_unsupported",
                "survey 6 type type_unsupported", "survey 7 label::Klingon (tlh) language_unknown", "survey 7 required value_unsupported", "survey 8 type group_not_begun",
                "survey 9 type group_not_ended",
            ],
            problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("sheet")} {e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")}").Order());
        Assert.False(await evaluation.InDbAsync(db => db.Instruments.AnyAsync(i => i.FormId == form)));
    }

    [Fact]
    public async Task What_keeps_a_draft_from_being_published_is_named_by_sheet_row_and_column()
    {
        var code = Code();
        await (await PostAsync($"?code={code}&respondent=Worker", WithItems(code,
            ["select_one yn", "AC1", "Did you use the lab?", "هل استخدمت المختبر؟"],
            ["select_one yn", "AC3", "Was there a seat?", "هل وجدت مقعدًا؟"]))).ReadAsync<XlsFormReport>();
        await _evaluator.PostAsync<InstrumentVersionSummary>($"/api/evaluation/instruments/{code}/versions/1/publish");

        var report = await (await PostAsync($"?code={code}&respondent=Worker&dryRun=true", WithItems(code,
            ["begin group", "g", "Group", "مجموعة", "", "${nobody} = 1"],
            ["integer", "age", "Age?", "", "", "${age} + ", ". > ", "Too low", "قليل", ""],
            ["calculate", "c", "", "", "", "", "", "", "", "pulldata('secrets', 'a', 'b', 1)"],
            ["select_one_from_file workers.csv", "w", "Who?", "من؟", "", "", "", "", "", "", "salary = 1"],
            ["integer", "AC1", "Did you use the lab?", "هل استخدمت المختبر؟"],
            ["end group", "g"],
            ["select_one weeks", "again", "Again?", "مرة أخرى؟"],
            ["integer", "CD2", "How sure were you, 1 to 5?", "ما مدى ثقتك، من 1 إلى 5؟", "", "", "", "", "", "", "", "Negative"]))).ReadAsync<XlsFormReport>();

        Assert.Equal(
            [
                "choices 4 label::Arabic (ar) text_missing", "settings 2 instance_name reference_unknown", "survey   indicator_item_missing", "survey 2 relevant reference_unknown",
                "survey 3 constraint expression_not_valid", "survey 3 label::Arabic (ar) text_missing", "survey 3 relevant expression_not_valid", "survey 4 calculation file_unknown",
                "survey 5 choice_filter file_column_unknown", "survey 6 type indicator_item_changed", "survey 9 bc_polarity indicator_item_changed",
            ],
            report.Problems.Select(p => $"{p.Sheet} {p.Row} {p.Column} {p.Code}").Order(StringComparer.Ordinal));
        Assert.Contains(report.Problems, p => p.Code == "indicator_item_missing" && p.Sentence.Contains("AC3") && p.Sentence.Contains("lab-access"));

        static byte[] WithItems(string code, params string[][] items) => Workbook.Of(
            ("survey", [["type", "name", "label::English (en)", "label::Arabic (ar)", "required", "relevant", "constraint", "constraint_message::English (en)",
                "constraint_message::Arabic (ar)", "calculation", "choice_filter", "bc_polarity"], .. items]),
            ("choices", [["list_name", "name", "label::English (en)", "label::Arabic (ar)"], ["yn", "yes", "Yes", "نعم"], ["yn", "no", "No", "لا"], .. (string[][])(items.Length > 2 ? [["weeks", "1", "One"]] : [])]),
            ("settings", [["form_title", "form_id", "instance_name"], ["Places", $"places-{code}", items.Length > 2 ? "${noone}" : "'x'"]]));
    }

    [Fact]
    public async Task A_row_that_could_not_be_told_from_another_is_refused_by_its_number()
    {
        var problem = await PostAsync($"?code={Code()}&respondent=Worker", Workbook.Of(
            ("survey", [["type", "name", "label", "appearance"], ["text", "a", "A"], ["text", "", "B"], ["text", "a", "C", new string('x', 101)]]),
            ("choices", [["list_name", "name", "label"], ["yn", "1", "Yes"], ["yn", "1", "Of course"]]),
            ("settings", [["form_id"], ["x"]]))).RefusesAsync(HttpStatusCode.BadRequest, "xlsform_not_supported");

        Assert.Equal(["choices 3 name choice_twice", "survey 3 name cell_missing", "survey 4 appearance value_unsupported", "survey 4 name name_taken"],
            problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("sheet")} {e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_settings_it_is_said_what_is_missing()
    {
        var problem = await PostAsync("", Workbook.Of(("survey", [["type", "name", "label"], ["text", "a", "A"]]))).RefusesAsync(HttpStatusCode.BadRequest, "xlsform_not_supported");
        Assert.Equal(["code_missing", "form_id_missing", "respondent_missing"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()).Order());
        problem = await PostAsync($"?code={Code()}&respondent=Worker", Workbook.Of(("survey", [["type", "name", "label"], ["text", "a", "A"]]), ("settings", [["form_id"], ["no spaces please"]])))
            .RefusesAsync(HttpStatusCode.BadRequest, "xlsform_not_supported");
        Assert.Equal(["settings 2 form_id"], problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("sheet")} {e.GetProperty("row")} {e.GetProperty("column")}"));
    }

    [Fact]
    public async Task A_setting_or_a_column_that_says_two_things_is_not_passed_over()
    {
        var problem = await PostAsync($"?code={Code()}&respondent=Worker", Workbook.Of(
            ("survey", [["type", "name", "label", "Label"], ["text", "a", "A", "B"]]),
            ("settings", [["form_id", "default_language", "bc_respondent"], ["x", "French (fr)", "Pupil"]]))).RefusesAsync(HttpStatusCode.BadRequest, "xlsform_not_supported");

        Assert.Equal(["settings bc_respondent value_unsupported", "settings default_language language_unknown", "survey column 4 column_unsupported"],
            problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("sheet")} {e.GetProperty("column")} {e.GetProperty("code")}").Order());
    }

    [Fact]
    public async Task A_file_that_is_no_workbook_or_a_bomb_is_refused()
    {
        await PostAsync("", "type,name\ntext,a"u8.ToArray()).RefusesAsync(HttpStatusCode.BadRequest, "file_not_readable");
        await PostAsync("", []).RefusesAsync(HttpStatusCode.BadRequest, "file_not_readable");
        await PostAsync("", Workbook.Of(("survey", [["type"]]))[..500]).RefusesAsync(HttpStatusCode.BadRequest, "file_not_readable");
        await PostAsync("", Bomb()).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        await PostAsync("", new byte[XlsFormWorkbook.Largest + 1]).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");

        static byte[] Bomb()
        {
            using var bytes = new MemoryStream();
            using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            using (var entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open())
                for (var i = 0; i < 60; i++) entry.Write(new byte[1024 * 1024]);
            return bytes.ToArray();
        }
    }

    [Fact]
    public async Task Only_an_evaluator_imports() =>
        await evaluation.As(Roles.ProgrammeOffice).PostAsync(Import, Content([])).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

    private static string Code() => Forms.Of().Code;

    private Task<HttpResponseMessage> PostAsync(string query, byte[] file) => _evaluator.PostAsync(Import + query, Content(file));

    private static ByteArrayContent Content(byte[] file) => new(file) { Headers = { ContentType = new MediaTypeHeaderValue(XlsFormWorkbook.ContentType) } };
}
