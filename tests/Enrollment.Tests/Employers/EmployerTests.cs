using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Employers;

public class EmployerTests(EnrollmentApp app)
{
    private const string Employers = "/api/enrollment/employers";
    private readonly HttpClient _office = app.Office();

    [Fact]
    public async Task An_employer_registers_itself_under_its_organisation_and_waits_for_review()
    {
        var (organisation, registration) = (Guid.NewGuid(), Steps.Registration());

        var employer = await app.As(Roles.Employer, organisation).PostAsync<EmployerView>(Employers,
            new { commercialRegistration = $"00{registration[..3]}-{registration[3..]}", name = " Gulf Contracting ", contactPhone = "+974 4444 0000" });

        Assert.Equal((organisation, registration, "Gulf Contracting", EmployerState.UnderReview),
            (employer.Id, employer.CommercialRegistration, employer.Name, employer.State));
        Assert.Equal("+974 4444 0000", employer.Contact!.Phone);
    }

    [Fact]
    public async Task A_registration_number_and_an_organisation_are_taken_once()
    {
        var registration = Steps.Registration();
        var employer = await app.EmployerAsync(registration: registration);

        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync(Employers, new { commercialRegistration = "0" + registration, name = "Another" })
            .RefusesAsync(HttpStatusCode.Conflict, "employer_registration_number_taken");
        await employer.Client.PostAsync(Employers, new { commercialRegistration = Steps.Registration(), name = "Again" })
            .RefusesAsync(HttpStatusCode.Conflict, "organisation_already_registered");
    }

    [Fact]
    public async Task Whoever_was_rejected_does_not_keep_the_number_from_the_company_whose_it_is()
    {
        var registration = Steps.Registration();
        var stranger = app.As(Roles.Employer, Guid.NewGuid());
        var taken = await stranger.PostAsync<EmployerView>(Employers, new { commercialRegistration = registration, name = "A stranger" });
        await app.As(Roles.ProgrammeOffice).PostAsync<EmployerView>($"{Employers}/{taken.Id}/reject", new { why = "not your company" });

        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync<EmployerView>(Employers, new { commercialRegistration = registration, name = "The company" });

        await stranger.PostAsync($"{Employers}/{taken.Id}/ask-again", new { why = "once more" }).RefusesAsync(HttpStatusCode.Conflict, "employer_registration_number_taken");
    }

    [Theory]
    [InlineData("""{"commercialRegistration":"n/a","name":"Gulf"}""", "registration_number_not_valid")]
    [InlineData("""{"commercialRegistration":"123","name":"Gulf","contactEmail":"nobody"}""", "validation_failed")]
    [InlineData("""{"commercialRegistration":"123"}""", "validation_failed")]
    [InlineData("""{"commercialRegistration":"123","name":"Gulf","owner":"me"}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync(Employers, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task Only_an_employers_account_with_an_organisation_registers()
    {
        var details = new { commercialRegistration = Steps.Registration(), name = "Gulf" };
        await app.Anonymous().PostAsync(Employers, details).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await app.As(Roles.Donor, Guid.NewGuid()).PostAsync(Employers, details).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.As(Roles.Employer).PostAsync(Employers, details).RefusesAsync(HttpStatusCode.Forbidden, "organisation_missing");
    }

    [Fact]
    public async Task A_rejected_employer_asks_again_and_the_history_keeps_every_word()
    {
        var employer = await app.EmployerAsync(approved: false);
        var address = $"{Employers}/{employer.Id}";

        await _office.PostAsync<EmployerView>(address + "/reject", new { why = "the certificate has expired" });
        await _office.PostAsync(address + "/approve", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await employer.Client.PostAsync<EmployerView>(address + "/ask-again", new { why = "renewed yesterday" });
        var approved = await _office.PostAsync<EmployerView>(address + "/approve");

        Assert.Equal(EmployerState.Approved, approved.State);
        var history = await employer.Client.GetAsync<List<EmployerEventView>>(address + "/history");
        Assert.Equal([EmployerState.UnderReview, EmployerState.Rejected, EmployerState.UnderReview, EmployerState.Approved], history.Select(h => h.State));
        Assert.Equal(["registered itself", "the certificate has expired", "renewed yesterday", null], history.Select(h => h.Why));
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_only_the_programme_office_decides()
    {
        var employer = await app.EmployerAsync(approved: false);
        var address = $"{Employers}/{employer.Id}";

        await _office.PostAsync(address + "/reject", new { why = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await employer.Client.PostAsync(address + "/approve", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await employer.Client.PostAsync(address + "/ask-again", new { why = "now please" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task An_employer_sees_itself_and_nobody_else()
    {
        var (one, other) = (await app.EmployerAsync(), await app.EmployerAsync());

        Assert.Equal([one.Id], (await one.Client.GetAsync<Page<EmployerView>>(Employers)).Items.Select(e => e.Id));
        await one.Client.GetAsync($"{Employers}/{other.Id}").RefusesAsync(HttpStatusCode.NotFound, "employer_unknown");
        await one.Client.GetAsync($"{Employers}/{other.Id}/history").RefusesAsync(HttpStatusCode.NotFound, "employer_unknown");
        await one.Client.PutAsync($"{Employers}/{other.Id}", new { commercialRegistration = "1", name = "Mine now" }, "*")
            .RefusesAsync(HttpStatusCode.NotFound, "employer_unknown");
    }

    [Fact]
    public async Task The_regulator_reads_employers_without_their_contacts()
    {
        var employer = await app.EmployerAsync();
        var regulator = app.As(Roles.Regulator);

        Assert.Null((await regulator.GetAsync<EmployerView>($"{Employers}/{employer.Id}")).Contact);
        Assert.All((await regulator.GetAsync<Page<EmployerView>>(Employers)).Items, e => Assert.Null(e.Contact));
        Assert.NotNull((await _office.GetAsync<EmployerView>($"{Employers}/{employer.Id}")).Contact);
        await regulator.GetAsync($"{Employers}/{employer.Id}/history").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_change_needs_a_fresh_etag_and_an_approved_number_stands()
    {
        var registration = Steps.Registration();
        var employer = await app.EmployerAsync(registration: registration);
        var address = $"{Employers}/{employer.Id}";
        var etag = (await employer.Client.GetAsync(address)).Headers.ETag!.Tag;
        var change = new { commercialRegistration = registration, name = "Gulf Contracting W.L.L." };

        await employer.Client.PutAsync(address, change, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal("Gulf Contracting W.L.L.", (await (await employer.Client.PutAsync(address, change, etag)).ReadAsync<EmployerView>()).Name);
        await employer.Client.PutAsync(address, change, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        await employer.Client.PutAsync(address, change with { commercialRegistration = Steps.Registration() }, "*")
            .RefusesAsync(HttpStatusCode.Conflict, "registration_number_fixed");
    }
}
