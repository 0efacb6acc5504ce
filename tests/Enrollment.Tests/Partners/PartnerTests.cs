using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Partners;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Partners;

public class PartnerTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task A_partner_is_added_once_and_found_by_kind()
    {
        var name = $"Partner {Guid.NewGuid():n}";

        var partner = await _office.PostAsync<PartnerView>("/api/enrollment/partners", new { name, kind = "Licences" });

        Assert.Equal(partner, await _office.GetAsync<PartnerView>($"/api/enrollment/partners/{partner.Id}"));
        Assert.Contains(partner, (await _office.GetAsync<Page<PartnerView>>("/api/enrollment/partners?kind=Licences&limit=200")).Items);
        Assert.DoesNotContain(partner, (await _office.GetAsync<Page<PartnerView>>("/api/enrollment/partners?kind=Cash&limit=200")).Items);
        await _office.PostAsync("/api/enrollment/partners", new { name = $" {name} ", kind = "Cash" }).RefusesAsync(HttpStatusCode.Conflict, "partner_already_known");
    }

    [Fact]
    public async Task A_partner_is_corrected_by_who_saw_its_latest_state()
    {
        var created = await _office.PostAsync("/api/enrollment/partners", new { name = $"Partner {Guid.NewGuid():n}", kind = "Other" });
        var (address, etag) = (created.Headers.Location!.ToString(), created.Headers.ETag!.Tag);
        var correction = new { name = $"Partner {Guid.NewGuid():n}", kind = "Recycler" };

        await _office.PutAsync(address, correction, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal(PartnerKind.Recycler, (await (await _office.PutAsync(address, correction, etag)).ReadAsync<PartnerView>()).Kind);
        await _office.PutAsync(address, correction, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task Only_the_programme_office_writes_and_an_operator_does_not_even_read()
    {
        var partner = new { name = $"Partner {Guid.NewGuid():n}", kind = "Cash" };
        await enrollment.Anonymous().PostAsync("/api/enrollment/partners", partner).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var role in new[] { Roles.Operator, Roles.Employer, Roles.Logistics, Roles.Regulator })
            await enrollment.As(role).PostAsync("/api/enrollment/partners", partner).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Operator).GetAsync("/api/enrollment/partners").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Operator).GetAsync("/api/enrollment/pledges").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.As(Roles.Regulator).GetAsync<Page<PledgeView>>("/api/enrollment/pledges");
    }

    [Theory]
    [InlineData("""{"name":"X"}""", "validation_failed")]
    [InlineData("""{"name":"Somebody"}""", "validation_failed")]
    [InlineData("""{"name":"Somebody","kind":"Friend"}""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await _office.PostAsync("/api/enrollment/partners", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task An_unknown_partner_is_a_coded_404()
    {
        await _office.GetAsync($"/api/enrollment/partners/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "partner_unknown");
        await _office.PostAsync($"/api/enrollment/partners/{Guid.NewGuid()}/pledges", new { what = "Seats", quantity = 1, unit = "seats", dueOn = "2030-01-01" })
            .RefusesAsync(HttpStatusCode.NotFound, "partner_unknown");
    }
}
