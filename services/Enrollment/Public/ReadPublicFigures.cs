using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Public;

/// <param name="Open">Facilities open today.</param>
/// <param name="EverOpened">The number of the latest opening.</param>
public sealed record PublicFigures(int Open, int EverOpened, IReadOnlyList<ZoneFigure> Zones);

public sealed record ZoneFigure(string Zone, FacilityState State, int Facilities);

public static class ReadPublicFigures
{
    /// <summary>Counts by zone and state; no names, no places finer than a zone.</summary>
    public static async Task<PublicFigures> Handle(EnrollmentDb db, CancellationToken cancel)
    {
        var zones = await db.Facilities.GroupBy(f => new { f.Site.Zone, f.State }).OrderBy(g => g.Key.Zone).ThenBy(g => g.Key.State)
            .Select(g => new ZoneFigure(g.Key.Zone, g.Key.State, g.Count())).ToListAsync(cancel);
        return new(zones.Where(z => z.State == FacilityState.Open).Sum(z => z.Facilities),
            await db.OpeningNumbers.Select(n => n.Last).SingleAsync(cancel), zones);
    }
}
