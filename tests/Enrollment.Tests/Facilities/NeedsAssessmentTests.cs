using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class NeedsAssessmentTests(EnrollmentApp app)
{
    private readonly HttpClient _office = app.Office();

    [Fact]
    public async Task The_volunteer_named_as_assessor_records_the_needs_once()
    {
        var (facility, subject) = (await (await app.EmployerAsync()).FacilityAsync(), $"volunteer-{Guid.NewGuid()}");
        var (address, volunteer) = ($"/api/enrollment/facilities/{facility.Id}", app.As(Roles.Volunteer, subject: subject));
        await volunteer.GetAsync(address).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await volunteer.PostAsync(address + "/needs-assessment", Steps.Needs()).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");

        await _office.PostAsync<HelperView>(address + "/helpers", new { subject, role = "Assessor" });
        Assert.Equal(FacilityState.NeedsAssessed, (await volunteer.PostAsync<FacilityView>(address + "/needs-assessment", Steps.Needs())).State);

        var needs = await volunteer.GetAsync<NeedsAssessment>(address + "/needs-assessment");
        Assert.Equal((70, 42.5m, MobileSignal.Fair, subject), (needs.LiteratePercent, needs.RoomSquareMetres, needs.Signal, needs.AssessedBy));
        var heard = await app.Broker.HeardAsync<FacilityNeedsAssessed>(e => e.FacilityId == facility.Id);
        Assert.Equal((facility.Code, "hi ne", "computer-basics money-transfer"), (heard.Code, string.Join(' ', heard.Languages), string.Join(' ', heard.Topics)));
        await volunteer.PostAsync(address + "/needs-assessment", Steps.Needs()).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_volunteer_named_as_inspector_sees_the_facility_but_does_not_assess_it()
    {
        var (facility, subject) = (await (await app.EmployerAsync()).FacilityAsync(), $"volunteer-{Guid.NewGuid()}");
        var (address, volunteer) = ($"/api/enrollment/facilities/{facility.Id}", app.As(Roles.Volunteer, subject: subject));
        await _office.PostAsync<HelperView>(address + "/helpers", new { subject, role = "Inspector" });

        Assert.Equal(facility.Code, (await volunteer.GetAsync<FacilityView>(address)).Code);
        await volunteer.PostAsync(address + "/needs-assessment", Steps.Needs()).RefusesAsync(HttpStatusCode.Forbidden, "not_named_for_this");
    }

    [Fact]
    public async Task Naming_a_helper_is_the_programme_offices_and_a_helper_no_longer_named_sees_nothing()
    {
        var employer = await app.EmployerAsync();
        var (facility, subject) = (await employer.FacilityAsync(), $"volunteer-{Guid.NewGuid()}");
        var address = $"/api/enrollment/facilities/{facility.Id}";

        await employer.Client.PostAsync(address + "/helpers", new { subject, role = "Inspector" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync(address + "/helpers", new { subject }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.PostAsync<HelperView>(address + "/helpers", new { subject, role = "Inspector" });
        await _office.PostAsync(address + "/helpers", new { subject, role = "Inspector" }).RefusesAsync(HttpStatusCode.Conflict, "helper_already_named");
        foreach (var reader in (HttpClient[])[_office, app.As(Roles.Logistics)]) Assert.Equal([subject], (await reader.GetAsync<List<HelperView>>(address + "/helpers")).Select(h => h.Subject));
        await employer.Client.GetAsync(address + "/helpers").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(HttpStatusCode.NoContent, (await _office.DeleteAsync($"{address}/helpers/{subject}")).StatusCode);
        await app.As(Roles.Volunteer, subject: subject).GetAsync(address).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await _office.DeleteAsync($"{address}/helpers/{subject}").RefusesAsync(HttpStatusCode.NotFound, "helper_unknown");
    }

    [Theory]
    [InlineData("topics", "knitting", "topic_unknown")]
    [InlineData("languages", "xx", "language_unknown")]
    public async Task Topics_and_languages_are_the_programmes(string member, string value, string code)
    {
        var facility = await (await app.EmployerAsync()).FacilityAsync();
        var needs = new
        {
            languages = member == "languages" ? [value] : new[] { "hi" },
            literatePercent = 50,
            topics = member == "topics" ? [value] : new[] { "labour-rights" },
            roomSquareMetres = 30,
            signal = "Good"
        };
        await _office.PostAsync($"/api/enrollment/facilities/{facility.Id}/needs-assessment", needs).RefusesAsync(HttpStatusCode.BadRequest, code);
        await _office.GetAsync($"/api/enrollment/facilities/{facility.Id}/needs-assessment").RefusesAsync(HttpStatusCode.NotFound, "needs_not_assessed");
    }
}
