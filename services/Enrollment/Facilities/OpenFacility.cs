using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public static class OpenFacility
{
    /// <summary>Gives the next opening number. An opening that is refused takes none: its transaction ends and with it the lock on the counter.</summary>
    public static Task<FacilityView> Handle(Guid id, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var numbers = await db.OpeningNumbers.FromSql($"select * from opening_numbers for update").SingleAsync(cancel);
            var facility = await db.Facilities.OneAsync(id, cancel);
            facility.Open(numbers.Next(), new Act(user.Subject(), clock.GetUtcNow()));

            var (site, needs) = (facility.Site, await db.NeedsAssessments.SingleAsync(n => n.FacilityId == id, cancel));
            db.Publish(new FacilityOpened(id, facility.Code, facility.EmployerId, facility.OpeningNumber!.Value, site.Zone, site.Latitude, site.Longitude,
                facility.Residents, needs.Languages, needs.Topics, facility.OpenedAt!.Value));
            await db.SaveChangesAsync(cancel);
            return FacilityView.From(facility);
        }, cancel);
}
