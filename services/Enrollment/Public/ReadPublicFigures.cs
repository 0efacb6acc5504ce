using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Public;

/// <param name="Open">Facilities open today.</param>
/// <param name="EverOpened">The number of the latest opening.</param>
/// <param name="Places">Where zones lie.</param>
public sealed record PublicFigures(int Open, int EverOpened, IReadOnlyList<ZoneFigure> Zones, IReadOnlyList<ZonePlace> Places);

public sealed record ZoneFigure(string Zone, FacilityState State, int Facilities);

/// <summary>The middle of a zone's sites, to a hundredth of a degree, which is a kilometre. A zone of one or two sites has none: it would tell where they are.</summary>
public sealed record ZonePlace(string Zone, double Latitude, double Longitude);

public static class ReadPublicFigures
{
    private const int LeastSites = 3;

    /// <summary>Counts by zone and state; no names, no places finer than a zone.</summary>
    public static async Task<PublicFigures> Handle(EnrollmentDb db, CancellationToken cancel)
    {
        var zones = await db.Facilities.GroupBy(f => new { f.Site.Zone, f.State }).OrderBy(g => g.Key.Zone).ThenBy(g => g.Key.State)
            .Select(g => new ZoneFigure(g.Key.Zone, g.Key.State, g.Count())).ToListAsync(cancel);
        var places = await db.Sites.GroupBy(s => s.Zone).Where(g => g.Count() >= LeastSites).OrderBy(g => g.Key)
            .Select(g => new ZonePlace(g.Key, g.Average(s => s.Latitude), g.Average(s => s.Longitude))).ToListAsync(cancel);
        return new(zones.Where(z => z.State == FacilityState.Open).Sum(z => z.Facilities),
            await db.OpeningNumbers.Select(n => n.Last).SingleAsync(cancel), zones,
            [.. places.Select(p => p with { Latitude = Math.Round(p.Latitude, 2), Longitude = Math.Round(p.Longitude, 2) })]);
    }
}
