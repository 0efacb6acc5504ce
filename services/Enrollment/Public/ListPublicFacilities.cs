using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Public;

/// <param name="Code">As it stands on the door.</param>
/// <param name="OpeningHours">Empty until the employer says.</param>
public sealed record PublicFacility(string Code, string Zone, IReadOnlyList<OpeningTime> OpeningHours);

/// <param name="Search">The beginning of a code, or a part of a zone's name.</param>
public sealed record PublicFacilityFilter(string? Search = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListPublicFacilities
{
    /// <summary>Open ones and their hours, for who has read the code on the door; neither the site nor the employer, nor a place finer than the zone.</summary>
    public static Task<Page<PublicFacility>> Handle([AsParameters] PublicFacilityFilter filter, EnrollmentDb db, CancellationToken cancel)
    {
        var facilities = db.Facilities.AsNoTracking().Where(f => f.State == FacilityState.Open);
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var (begins, part) = (search.ToUpperInvariant(), ListFacilities.Containing(search));
            facilities = facilities.Where(f => f.Code.StartsWith(begins) || EF.Functions.ILike(f.Site.Zone, part, @"\"));
        }
        return facilities.PageAsync(f => f.Number, filter, f => new PublicFacility(f.Code, f.Site.Zone, f.OpeningHours), cancel: cancel);
    }
}
