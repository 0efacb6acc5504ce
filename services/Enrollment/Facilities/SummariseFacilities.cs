using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>How many facilities are in a state, and for how long they have been.</summary>
/// <param name="UnderSevenDays">In it for less than a week; each further count begins where the one before it ends.</param>
/// <param name="OldestSince">Of the one that has been in it longest.</param>
public sealed record FacilitiesInState(FacilityState State, int Facilities, int UnderSevenDays, int UnderThirtyDays, int UnderNinetyDays, int NinetyDaysAndOver,
    DateTimeOffset OldestSince);

public static class SummariseFacilities
{
    /// <summary>In the order of a facility's life; states without a facility are left out.</summary>
    public static async Task<IReadOnlyList<FacilitiesInState>> Handle(EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (seven, thirty, ninety) = (now.AddDays(-7), now.AddDays(-30), now.AddDays(-90));
        var states = await db.Facilities.SeenBy(user).GroupBy(f => f.State)
            .Select(g => new FacilitiesInState(g.Key, g.Count(),
                g.Count(f => f.StateSince > seven),
                g.Count(f => f.StateSince <= seven && f.StateSince > thirty),
                g.Count(f => f.StateSince <= thirty && f.StateSince > ninety),
                g.Count(f => f.StateSince <= ninety),
                g.Min(f => f.StateSince)))
            .ToListAsync(cancel);
        return [.. states.OrderBy(s => s.State)];
    }
}
