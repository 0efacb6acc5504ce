using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Workers;

public class WorkerTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_worker_joins_gets_a_code_with_a_check_character_and_is_told_to_the_others()
    {
        var facility = await enrollment.FacilityAsync();

        var worker = await facility.AsEmployer().PostAsync<WorkerView>(Path(facility), new { languages = new[] { "ne", "hi" }, consents = new[] { "Training" } });

        Assert.Matches("^W-[0-9]{6,}-[0-9A-Z]$", worker.Code);
        var joined = await enrollment.Broker.HeardAsync<WorkersJoined>(e => e.Workers.Any(w => w.Code == worker.Code));
        Assert.Equal(facility.Id, joined.FacilityId);
        Assert.Equal(["ne", "hi"], joined.Workers.Single().Languages);
    }

    [Fact]
    public async Task The_codes_check_character_is_that_of_ISO_7064()
    {
        // GRid's published example of MOD 37,36 is A1-2425G-ABC1234002-M; its last ten digits are beyond our numbers, so the letters are the prefix.
        Assert.Equal("A12425GABC-1234002-M", await CodeAsync("A12425GABC", 1234002));
        Assert.Equal("W-000001-", (await CodeAsync("W", 1))[..9]);
        Assert.Equal("W-1234567-", (await CodeAsync("W", 1_234_567))[..10]);
    }

    private Task<string> CodeAsync(string prefix, long number) =>
        enrollment.InDbAsync(db => db.Database.SqlQuery<string>($"select worker_code({prefix}, {number}) as \"Value\"").SingleAsync());

    [Fact]
    public async Task An_employer_sees_codes_a_volunteer_languages_and_the_programme_office_the_person()
    {
        var facility = await enrollment.FacilityAsync();
        var code = (await PersonAsync(facility)).Code;

        foreach (var (client, languages, person) in new[]
        {
            (facility.AsEmployer(), false, false), (await facility.AsVolunteerAsync(), true, false), (enrollment.WithScope("enrollment.read"), true, false), (_office, true, true),
        })
        {
            var one = await client.GetAsync<WorkerView>($"/api/enrollment/workers/{code.ToLowerInvariant()}");
            var listed = Assert.Single((await client.GetAsync<Page<WorkerView>>(Path(facility))).Items);
            foreach (var view in new[] { one, listed })
                Assert.Equal((code, languages, person), (view.Code, view.Languages is not null, view.Person is not null));
        }
        var seen = (await _office.GetAsync<WorkerView>($"/api/enrollment/workers/{code}")).Person!;
        Assert.Equal(("Ram Bahadur", "NP", 1990, Gender.Male), (seen.Name, seen.Nationality, seen.BirthYear, seen.Gender));
        Assert.NotNull(seen.ContactConsentAt);
        Assert.Null(seen.TrainingConsentAt);
    }

    [Theory]
    [InlineData("""{"languages":["hi"],"name":"Ram"}""", "consent_required")]
    [InlineData("""{"languages":["hi"],"name":"Ram","consents":["Evaluation"]}""", "consent_required")]
    [InlineData("""{"languages":["hi"],"nationality":"NP","consents":["Contact","Training"]}""", "consent_required")]
    [InlineData("""{"languages":["hi"],"birthYear":1990}""", "consent_required")]
    [InlineData("""{"languages":["hi"],"gender":"Male"}""", "consent_required")]
    [InlineData("""{"languages":[]}""", "languages_required")]
    [InlineData("""{"languages":["fr"]}""", "language_unknown")]
    [InlineData("""{"languages":["hi","hi"]}""", "language_twice")]
    [InlineData("""{"languages":["hi"],"nationality":"XX","consents":["Evaluation"]}""", "nationality_unknown")]
    [InlineData("""{"languages":["hi"],"birthYear":1890,"consents":["Evaluation"]}""", "birth_year_not_valid")]
    [InlineData("""{"languages":["hi"],"code":"a b"}""", "worker_code_not_valid")]
    [InlineData("""{"languages":["hi"],"code":"W-000001-0"}""", "worker_code_not_issued")]
    [InlineData("""{"languages":["hi"],"consents":["Everything"]}""", "request_not_readable")]
    [InlineData("""{}""", "validation_failed")]
    public async Task What_may_not_be_recorded_is_a_coded_400_and_nobody_joins(string body, string code)
    {
        var facility = await enrollment.FacilityAsync();

        await facility.AsEmployer().PostAsync(Path(facility), new StringContent(body, System.Text.Encoding.UTF8, "application/json")).RefusesAsync(HttpStatusCode.BadRequest, code);

        Assert.Equal(0, await enrollment.InDbAsync(db => db.Workers.CountAsync(w => w.FacilityId == facility.Id)));
    }

    [Fact]
    public async Task A_card_is_one_workers()
    {
        var facility = await enrollment.FacilityAsync();
        var code = $"EMP-{Guid.NewGuid():n}"[..20].ToUpperInvariant();

        Assert.Equal(code, (await _office.PostAsync<WorkerView>(Path(facility), new { languages = new[] { "hi" }, code = $" {code.ToLowerInvariant()} " })).Code);
        await _office.PostAsync(Path(facility), new { languages = new[] { "hi" }, code }).RefusesAsync(HttpStatusCode.Conflict, "worker_code_taken");
    }

    [Fact]
    public async Task Workers_join_at_an_open_facility_that_is_the_callers()
    {
        var (mine, others, applied) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync(), await enrollment.FacilityAsync(open: false));
        var worker = new { languages = new[] { "hi" } };
        var code = (await _office.PostAsync<WorkerView>(Path(others), worker)).Code;

        await applied.AsEmployer().PostAsync(Path(applied), worker).RefusesAsync(HttpStatusCode.Conflict, "facility_not_open");
        await mine.AsEmployer().PostAsync(Path(others), worker).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await mine.AsEmployer().GetAsync(Path(others)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await mine.AsEmployer().GetAsync($"{Path(others)}/counts").RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await mine.AsEmployer().GetAsync($"/api/enrollment/workers/{code}").RefusesAsync(HttpStatusCode.NotFound, "worker_unknown");
        await mine.AsEmployer().PostAsync($"/api/enrollment/workers/{code}/leave", new { }).RefusesAsync(HttpStatusCode.NotFound, "worker_unknown");
        await (await mine.AsVolunteerAsync()).PostAsync(Path(mine), worker).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Operator).GetAsync(Path(mine)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Logistics).GetAsync($"/api/enrollment/workers/{code}").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Languages_of_fewer_than_ten_workers_are_not_told()
    {
        var facility = await enrollment.FacilityAsync();
        foreach (var language in Enumerable.Repeat("hi", 10).Concat(Enumerable.Repeat("si", 9)))
            await _office.PostAsync<WorkerView>(Path(facility), new { languages = new[] { language, "en" } });
        var leaver = (await facility.AsEmployer().GetAsync<Page<WorkerView>>($"{Path(facility)}?limit=1")).Items[0];

        var before = await facility.AsEmployer().GetAsync<WorkerCounts>($"{Path(facility)}/counts");
        await facility.AsEmployer().PostAsync<WorkerView>($"/api/enrollment/workers/{leaver.Code}/leave");
        var after = await facility.AsEmployer().GetAsync<WorkerCounts>($"{Path(facility)}/counts");

        Assert.Equal((19, 0), (before.Present, before.Left));
        Assert.Equal([new LanguageCount("hi", 10)], before.Languages);
        Assert.Equal((18, 1), (after.Present, after.Left));
        Assert.Empty(after.Languages); // the first code is one of the ten
    }

    [Fact]
    public async Task Workers_are_listed_by_code_page_by_page()
    {
        var facility = await enrollment.FacilityAsync();
        var codes = new List<string>();
        for (var i = 0; i < 5; i++) codes.Add((await PersonAsync(facility)).Code);

        var first = await _office.GetAsync<Page<WorkerView>>($"{Path(facility)}?limit=3");
        var second = await _office.GetAsync<Page<WorkerView>>($"{Path(facility)}?limit=3&after={first.Next}");

        Assert.Equal(codes, first.Items.Concat(second.Items).Select(w => w.Code));
        Assert.Null(second.Next);
    }

    private Task<WorkerView> PersonAsync(FacilityInUse facility) => _office.PostAsync<WorkerView>(Path(facility), new
    {
        languages = new[] { "ne" },
        consents = new[] { "Contact", "Evaluation" },
        name = "Ram Bahadur",
        nationality = "np",
        birthYear = 1990,
        gender = "Male",
    });

    private static string Path(FacilityInUse facility) => $"/api/enrollment/facilities/{facility.Id}/workers";
}
