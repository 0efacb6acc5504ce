using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using static BetterConnections.Enrollment.Tests.Workers.ImportSteps;

namespace BetterConnections.Enrollment.Tests.Workers;

public class ImportTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task Twenty_thousand_rows_join_once_and_the_events_add_up_to_them()
    {
        var (one, two) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync());
        var prefix = Card();
        var file = "facility,code,languages\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{(i % 4 == 0 ? two : one).Code},{prefix}-{i},ne hi\n"));

        var report = await _office.ImportAsync(Many, file);

        Assert.Equal((20_000, 20_000, 0, 0), (report.Rows, report.Accepted, report.Known, report.Refused));
        foreach (var (facility, workers) in new[] { (one, 15_000), (two, 5_000) })
        {
            Assert.Equal(workers, await CountAsync(facility));
            var events = await enrollment.Broker.HeardAsync<WorkersJoined>(e => e.FacilityId == facility.Id, workers / 500);
            Assert.All(events, e => Assert.InRange(e.Event.Workers.Count, 1, 500));
            Assert.Equal(workers, events.SelectMany(e => e.Event.Workers).DistinctBy(w => w.Code).Count());
            var some = events[0].Event.Workers[0];
            Assert.Equal(["ne", "hi"], some.Languages);
            Assert.Equal(some.Code, await enrollment.InDbAsync(db => db.Workers.Where(w => w.Id == some.WorkerId).Select(w => w.Code).SingleAsync()));
        }
        Assert.Equal(40, enrollment.Broker.Heard<WorkersJoined>(e => e.FacilityId == one.Id || e.FacilityId == two.Id).Count);
    }

    [Fact]
    public async Task Every_field_arrives_under_English_and_Arabic_headings_in_any_order()
    {
        var facility = await enrollment.FacilityAsync();
        var (english, arabic) = (Card(), Card());

        var report = await _office.ImportAsync(facility.ImportPath(),
            "Passport no,Gender,Worker_Code,Languages,Name,Nationality,Birth year,Consent training,Consent evaluation,Consent contact\n"
            + $"N123,F,{english.ToLowerInvariant()},\"hi, ur\",Asha Devi,in,1990,yes,2024-05-01,X\n");
        await _office.ImportAsync(facility.ImportPath(),
            "\ufeffرمز البطاقة;اللغات;الاسم;الجنسية;سنة الميلاد;الجنس;الموافقة على التقييم;الموافقة على التواصل\r\n" + $"{arabic};ar، en;أحمد;EG;١٩٨٥;ذكر;نعم;نعم\r\n");

        Assert.Equal(["Passport no"], report.NotRead);
        var asha = await ReadAsync(english);
        Assert.Equal(("Asha Devi", "IN", 1990, Gender.Female), (asha.Person!.Name, asha.Person.Nationality, asha.Person.BirthYear, asha.Person.Gender));
        Assert.Equal(["hi", "ur"], asha.Languages);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), asha.Person.EvaluationConsentAt);
        Assert.NotNull(asha.Person.TrainingConsentAt);
        var ahmed = (await ReadAsync(arabic)).Person!;
        Assert.Equal(("أحمد", "EG", 1985, Gender.Male, null), (ahmed.Name, ahmed.Nationality, ahmed.BirthYear, ahmed.Gender, ahmed.TrainingConsentAt));
    }

    [Theory]
    [InlineData("utf-8", true, ',')]
    [InlineData("utf-8", false, '\t')]
    [InlineData("utf-16", true, '\t')]
    [InlineData("utf-16", false, ';')]
    [InlineData("utf-16BE", false, ',')]
    [InlineData("windows-1256", false, ';')]
    public async Task A_name_survives_the_encodings_and_separators_that_spreadsheets_write(string encoding, bool mark, char separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var facility = await enrollment.FacilityAsync();
        var code = Card();
        var text = $"code,languages,name,consent contact\n{code},ar,محمد عبد الله,yes\n".Replace(',', separator);
        var encoder = Encoding.GetEncoding(encoding);

        var report = await _office.ImportAsync(facility.ImportPath(), [.. mark ? encoder.GetPreamble() : [], .. encoder.GetBytes(text)]);

        Assert.Equal((1, 0), (report.Accepted, report.Refused));
        Assert.Equal("محمد عبد الله", (await ReadAsync(code)).Person!.Name);
    }

    [Fact]
    public async Task Each_bad_row_is_told_by_line_column_and_code_and_the_good_ones_join()
    {
        var (facility, other) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync());
        var (good, twice, taken, known) = (Card(), Card(), Card(), Card());
        await _office.ImportAsync(other.ImportPath(), $"code,languages\n{taken},hi\n");
        await _office.ImportAsync(facility.ImportPath(), $"code,languages\n{known},hi\n");

        var report = await _office.ImportAsync(facility.ImportPath(), $"""
            code,languages,name,nationality,birth year,gender,consent evaluation,consent contact,facility
            {good},hi,,,,,,,
            {twice},hi,,,,,,,
            {twice},ur,,,,,,,
            {taken},hi,,,,,,,
            {known},hi,,,,,,,

            a b,hi,,,,,,,
            W-000001-0,hi,,,,,,,
            ,xx,,,,,,,
            ,,,,,,,,
            ,hi,Asha,,,,,no,
            ,hi,,IN,,,,,
            ,hi,,India,90,?,yes,perhaps,{other.Code}
            """);

        Assert.Equal((11, 2, 1, 8), (report.Rows, report.Accepted, report.Known, report.Refused));
        Assert.Equal(
        [
            (4, "code", "worker_code_twice_in_file"), (5, "code", "worker_code_taken"), (8, "code", "worker_code_not_valid"), (9, "code", "worker_code_not_issued"),
            (10, "languages", "language_unknown"), (12, "name", "consent_required"), (13, "nationality", "consent_required"),
            (14, "birthYear", "birth_year_not_valid"), (14, "contactConsent", "consent_not_readable"), (14, "facility", "facility_unknown"),
            (14, "gender", "gender_not_readable"), (14, "nationality", "nationality_unknown"),
        ], report.Errors.Select(e => (e.Line, e.Column!, e.Code)).OrderBy(e => e.Line).ThenBy(e => e.Item2, StringComparer.Ordinal));
        Assert.Equal(2, report.Refusals["consent_required"]);
        Assert.Equal(3, await CountAsync(facility));
        var kept = await _office.GetAsync<ImportReport>($"/api/enrollment/workers/imports/{report.Id}");
        Assert.Equal(report.Errors, kept.Errors);
        Assert.Equal(report.Refusals.OrderBy(r => r.Key), kept.Refusals.OrderBy(r => r.Key));
    }

    [Fact]
    public async Task A_formula_stays_the_text_it_is()
    {
        var facility = await enrollment.FacilityAsync();
        var code = Card();

        await _office.ImportAsync(facility.ImportPath(), $"code,languages,name,consent contact\n{code},hi,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",yes\n");

        Assert.Equal("=HYPERLINK(\"http://x\",\"y\")", (await ReadAsync(code)).Person!.Name);
    }

    [Fact]
    public async Task What_no_database_stores_as_text_is_told_with_its_line()
    {
        var facility = await enrollment.FacilityAsync();

        var report = await _office.ImportAsync(facility.ImportPath(),
            "code,languages,name,consent contact\n" + string.Concat(Enumerable.Range(0, 5000).Select(_ => $"{Card()},hi,,\n")) + $"{Card()},hi,A\0B,yes\n");

        Assert.Equal((5000, 1), (report.Accepted, report.Refused));
        Assert.Equal(new RowError(5002, "name", "text_not_valid"), Assert.Single(report.Errors));
    }

    [Fact]
    public async Task Of_very_many_errors_the_first_thousand_are_kept_and_all_are_counted()
    {
        var facility = await enrollment.FacilityAsync();
        var card = Card();

        var report = await _office.ImportAsync(facility.ImportPath(), "code,languages\n" + string.Concat(Enumerable.Range(0, 1500).Select(_ => $"{card},xx\n{card},hi\n")));

        Assert.Equal((3000, 1, 2999, 1000), (report.Rows, report.Accepted, report.Refused, report.Errors.Count));
        Assert.Equal((1500, 1499), (report.Refusals["language_unknown"], report.Refusals["worker_code_twice_in_file"]));
        Assert.Equal(Enumerable.Range(2, 1001).Where(line => line != 3), report.Errors.Select(e => e.Line));
    }

    private Task<int> CountAsync(FacilityInUse facility) => enrollment.InDbAsync(db => db.Workers.CountAsync(w => w.FacilityId == facility.Id));

    private Task<WorkerView> ReadAsync(string code) => _office.GetAsync<WorkerView>($"/api/enrollment/workers/{code}");
}
