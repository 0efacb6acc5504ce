using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Sites;

/// <param name="Latitude">Degrees, WGS 84; north is positive.</param>
/// <param name="Longitude">Degrees, WGS 84; east is positive.</param>
/// <param name="Languages">ISO 639-1 codes of the programme's languages, most spoken first.</param>
public sealed record SiteDetails(
    [Required, StringLength(200, MinimumLength = 2)] string Name,
    [Required, StringLength(500, MinimumLength = 2)] string Address,
    [Required, StringLength(50, MinimumLength = 1)] string Zone,
    [Range(-90d, 90d)] double Latitude,
    [Range(-180d, 180d)] double Longitude,
    [Range(1, 200_000)] int Residents,
    [Required, MinLength(1)] IReadOnlyList<string> Languages);

public static class AddSite
{
    /// <summary>For the caller's own organisation, which has to have registered as an employer.</summary>
    public static async Task<Created<SiteView>> Handle(SiteDetails request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var employer = await db.Employers.OneAsync(user.RequiredOrganisation(), cancel);
        var site = Site.Add(employer.Id, request, programme, clock.GetUtcNow());
        db.Sites.Add(site);
        await db.SaveChangesAsync(cancel);
        response.SetETag(site.Version);
        return TypedResults.Created($"/api/enrollment/sites/{site.Id}", SiteView.From(site));
    }
}
