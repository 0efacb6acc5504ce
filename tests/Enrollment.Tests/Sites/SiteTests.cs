using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Sites;

public class SiteTests(EnrollmentApp app)
{
    private const string Sites = "/api/enrollment/sites";

    [Fact]
    public async Task A_site_belongs_to_the_employer_who_added_it_and_no_other_sees_it()
    {
        var (one, other) = (await app.EmployerAsync(), await app.EmployerAsync());

        var site = await one.SiteAsync(residents: 1200);

        Assert.Equal((one.Id, 1200), (site.EmployerId, site.Residents));
        Assert.Equal(["hi", "ne", "bn"], (await app.Office().GetAsync<SiteView>($"{Sites}/{site.Id}")).Languages);
        Assert.Equal([site.Id], (await one.Client.GetAsync<Page<SiteView>>(Sites)).Items.Select(s => s.Id));
        Assert.Empty((await other.Client.GetAsync<Page<SiteView>>(Sites)).Items);
        await other.Client.GetAsync($"{Sites}/{site.Id}").RefusesAsync(HttpStatusCode.NotFound, "site_unknown");
        await other.Client.PutAsync($"{Sites}/{site.Id}", Steps.Site(), "*").RefusesAsync(HttpStatusCode.NotFound, "site_unknown");
    }

    [Theory]
    [InlineData(51.45, 25.18, "hi", "coordinates_outside_country")] // exchanged
    [InlineData(95, 51.45, "hi", "validation_failed")]
    [InlineData(25.18, 51.45, "xx", "language_unknown")]
    public async Task Coordinates_and_languages_are_checked(double latitude, double longitude, string language, string code)
    {
        var employer = await app.EmployerAsync();
        await employer.Client.PostAsync(Sites, Steps.Site(latitude: latitude, longitude: longitude) with { Languages = [language] })
            .RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Only_a_registered_employer_adds_a_site()
    {
        await app.Office().PostAsync(Sites, Steps.Site()).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await app.As(Roles.Employer, Guid.NewGuid()).PostAsync(Sites, Steps.Site()).RefusesAsync(HttpStatusCode.NotFound, "employer_unknown");
    }

    [Fact]
    public async Task A_change_needs_a_fresh_etag()
    {
        var employer = await app.EmployerAsync();
        var created = await employer.Client.PostAsync(Sites, Steps.Site());
        var (address, etag) = (created.Headers.Location!.ToString(), created.Headers.ETag!.Tag);

        await employer.Client.PutAsync(address, Steps.Site(residents: 900), ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal(900, (await (await employer.Client.PutAsync(address, Steps.Site(residents: 900), etag)).ReadAsync<SiteView>()).Residents);
        await employer.Client.PutAsync(address, Steps.Site(), etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }
}
