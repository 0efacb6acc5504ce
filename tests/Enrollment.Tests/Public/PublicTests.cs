using System.Net;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Public;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Public;

public class PublicTests(EnrollmentApp app)
{
    private readonly HttpClient _anybody = app.Anonymous();

    [Theory]
    [InlineData("employers", null, "en", "# Setting up a digital facility")]
    [InlineData("employers", "ar-QA, en;q=0.5", "ar", "# تجهيز مرفق رقمي")]
    [InlineData("volunteers", "fr, en;q=0.4, ar;q=0.8", "ar", "# في المرفق")]
    [InlineData("volunteers", "ar;q=0, hi", "en", "# At the facility")]
    public async Task The_guidelines_come_in_the_callers_language_with_the_programmes_figures(string audience, string? accepted, string language, string heading)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/enrollment/public/guidelines/{audience}");
        if (accepted is not null) request.Headers.Add("Accept-Language", accepted);

        var answer = await _anybody.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/markdown"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        Assert.StartsWith(heading, text);
        Assert.DoesNotContain("{{", text);
        Assert.All(Steps.Qatar.Checklist, item => Assert.Contains(language == "ar" ? item.Arabic : item.English, text));
    }

    [Fact]
    public async Task There_is_no_guideline_for_anybody_else() =>
        await _anybody.GetAsync("/api/enrollment/public/guidelines/ministers").RefusesAsync(HttpStatusCode.NotFound, "guideline_unknown");

    [Fact]
    public async Task Anybody_reads_counts_by_zone_and_state_and_no_names()
    {
        var zone = $"Z{Guid.NewGuid():n}";
        await app.FacilitiesInAsync(FacilityState.Open, 2, zone: zone);
        await app.FacilitiesInAsync(FacilityState.Applied, 1, zone: zone);

        var answer = await _anybody.GetAsync("/api/enrollment/public/figures");

        Assert.DoesNotContain("Gulf Contracting", await answer.Content.ReadAsStringAsync());
        var figures = await answer.ReadAsync<PublicFigures>();
        Assert.Equal([(FacilityState.Applied, 1), (FacilityState.Open, 2)], figures.Zones.Where(z => z.Zone == zone).Select(z => (z.State, z.Facilities)).Order());
        Assert.True(figures.Open >= 2);
        Assert.Equal((25.18, 51.45), figures.Places.Where(p => p.Zone == zone).Select(p => (p.Latitude, p.Longitude)).Single());
    }

    [Fact]
    public async Task A_zone_of_two_sites_is_on_no_map()
    {
        var zone = $"Z{Guid.NewGuid():n}";
        await app.FacilitiesInAsync(FacilityState.Open, 2, zone: zone);

        Assert.DoesNotContain((await _anybody.GetAsync<PublicFigures>("/api/enrollment/public/figures")).Places, p => p.Zone == zone);
    }
}
