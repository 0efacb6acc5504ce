using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Workers;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Enrollment.Tests.Workers;

public class ConsentTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_withdrawn_consent_takes_its_data_along_and_nothing_else()
    {
        var (facility, code) = await PersonAsync();

        await facility.AsEmployer().PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Contact" });
        var nameless = await ReadAsync(code);
        Assert.Equal((null, null, "NP", 1990, Gender.Male), (nameless.Name, nameless.ContactConsentAt, nameless.Nationality, nameless.BirthYear, nameless.Gender));

        await _office.PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Evaluation" });
        var bare = await ReadAsync(code);
        Assert.Equal((null, null, null, null), (bare.EvaluationConsentAt, bare.Nationality, bare.BirthYear, bare.Gender));
        Assert.NotNull(bare.TrainingConsentAt);
        await _office.PostAsync($"{Path(code)}/withdraw-consent", new { purpose = "Contact" }).RefusesAsync(HttpStatusCode.Conflict, "consent_not_given");
    }

    [Fact]
    public async Task A_consent_given_later_lets_the_data_be_added()
    {
        var facility = await enrollment.FacilityAsync();
        var code = (await _office.PostAsync<WorkerView>($"/api/enrollment/facilities/{facility.Id}/workers", new { languages = new[] { "hi" } })).Code;
        var etag = (await _office.GetAsync(Path(code))).Headers.ETag!.Tag;
        var named = new { languages = new[] { "hi", "ur" }, name = "Asha" };

        await _office.PutAsync(Path(code), named, etag).RefusesAsync(HttpStatusCode.BadRequest, "consent_required");
        await _office.PostAsync<WorkerView>($"{Path(code)}/give-consent", new { purpose = "Contact" });
        await _office.PutAsync(Path(code), named, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        etag = (await _office.GetAsync(Path(code))).Headers.ETag!.Tag;
        var after = await (await _office.PutAsync(Path(code), named, etag)).ReadAsync<WorkerView>();

        Assert.Equal("Asha", after.Person!.Name);
        Assert.Equal(["hi", "ur"], after.Languages);
        await _office.PostAsync($"{Path(code)}/give-consent", new { purpose = "Contact" }).RefusesAsync(HttpStatusCode.Conflict, "consent_already_given");
        await _office.PostAsync($"{Path(code)}/give-consent", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task An_erased_worker_keeps_the_code_and_counts_and_nothing_is_added_again()
    {
        var (facility, code) = await PersonAsync();
        var etag = (await _office.GetAsync(Path(code))).Headers.ETag!.Tag;

        await facility.AsEmployer().PostAsync($"{Path(code)}/erase", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync<WorkerView>($"{Path(code)}/erase");

        var person = await ReadAsync(code);
        Assert.Equal(new PersonView(null, null, null, null, null, null, null, person.ErasedAt), person);
        Assert.NotNull(person.ErasedAt);
        Assert.Equal(1, (await _office.GetAsync<WorkerCounts>($"/api/enrollment/facilities/{facility.Id}/workers/counts")).Present);
        await _office.PostAsync($"{Path(code)}/give-consent", new { purpose = "Contact" }).RefusesAsync(HttpStatusCode.Conflict, "worker_erased");
        await _office.PostAsync($"{Path(code)}/erase", new { }).RefusesAsync(HttpStatusCode.Conflict, "worker_erased");
        etag = (await _office.GetAsync(Path(code))).Headers.ETag!.Tag;
        await _office.PutAsync(Path(code), new { languages = new[] { "hi" } }, etag).RefusesAsync(HttpStatusCode.Conflict, "worker_erased");
    }

    [Fact]
    public async Task Training_and_evaluation_are_told_what_was_consented_to_or_taken_back_and_nobody_is_told_about_the_name()
    {
        var (facility, code) = await PersonAsync();
        await facility.AsEmployer().PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Contact" });
        await facility.AsEmployer().PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Evaluation" });
        await _office.PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Training" });
        await _office.PostAsync<WorkerView>($"{Path(code)}/give-consent", new { purpose = "Evaluation" });

        var told = (await enrollment.Broker.HeardAsync<WorkerConsentChanged>(e => e.Code == code, 3)).Select(t => t.Event).OrderBy(e => e.At).ToList();

        Assert.Equal([("evaluation", false), ("training", false), ("evaluation", true)], told.Select(e => (e.Purpose, e.Given)));
    }

    [Fact]
    public async Task An_erasure_is_told_by_the_card_and_who_was_erased_is_told_of_no_more()
    {
        var (from, code) = await PersonAsync();
        var to = await enrollment.FacilityAsync(from.Employer);
        await _office.PostAsync<WorkerView>($"{Path(code)}/erase");
        var erased = await enrollment.Broker.HeardAsync<WorkerErased>(e => e.Code == code);

        await _office.PostAsync<WorkerView>($"{Path(code)}/move", new { facilityId = to.Id });
        await _office.PostAsync<WorkerView>($"{Path(code)}/leave");

        await enrollment.Broker.HeardAsync<WorkerLeft>(e => e.WorkerId == erased.WorkerId); // behind which the move would have come
        Assert.Empty(enrollment.Broker.Heard<WorkersJoined>(e => e.FacilityId == to.Id));
    }

    [Fact]
    public async Task The_history_tells_that_something_changed_and_not_what_it_was()
    {
        var (_, code) = await PersonAsync();
        await _office.PostAsync<WorkerView>($"{Path(code)}/withdraw-consent", new { purpose = "Contact" });
        await _office.PostAsync<WorkerView>($"{Path(code)}/erase");

        var history = await _office.GetAsync<List<WorkerEventView>>($"{Path(code)}/history");

        Assert.Equal([(WorkerEventKind.ConsentWithdrawn, ConsentPurpose.Contact), (WorkerEventKind.Erased, null)], history.Select(e => (e.Kind, e.Purpose)));
        await enrollment.As(Roles.Employer, Guid.NewGuid()).GetAsync($"{Path(code)}/history").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_database_itself_keeps_no_name_without_consent()
    {
        var (_, code) = await PersonAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            enrollment.InDbAsync(db => db.Database.ExecuteSqlAsync($"update workers set contact_consent_at = null where code = {code}")));

        Assert.Equal("consent_required", refused.ConstraintName);
    }

    private async Task<(FacilityInUse, string)> PersonAsync()
    {
        var facility = await enrollment.FacilityAsync();
        return (facility, (await _office.PostAsync<WorkerView>($"/api/enrollment/facilities/{facility.Id}/workers", new
        {
            languages = new[] { "ne" },
            consents = new[] { "Contact", "Evaluation", "Training" },
            name = "Ram Bahadur",
            nationality = "NP",
            birthYear = 1990,
            gender = "Male",
        })).Code);
    }

    private async Task<PersonView> ReadAsync(string code) => (await _office.GetAsync<WorkerView>(Path(code))).Person!;

    private static string Path(string code) => $"/api/enrollment/workers/{code}";
}
