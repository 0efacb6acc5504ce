using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Employers;
using BetterConnections.Enrollment.Sites;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public sealed record FacilityApplication([Required] Guid? SiteId);

public static class ApplyForFacility
{
    /// <summary>409 <c>employer_not_approved</c>; 409 <c>site_has_enough_facilities</c> when the residents do not justify another.</summary>
    public static Task<Created<FacilityView>> Handle(FacilityApplication request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpResponse response, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        // Locked, so that two applications at once cannot both be the last that the site may have.
        var site = await db.Sites.FromSql($"select *, xmin from sites where id = {request.SiteId} for update").SeenBy(user).OneAsync(request.SiteId!.Value, cancel);
        var employer = await db.Employers.OneAsync(site.EmployerId, cancel);
        if (employer.State != EmployerState.Approved)
            throw new RuleBroken("employer_not_approved", $"{employer.Name} is {employer.State}; facilities are for approved employers.");
        var most = site.MostFacilities(programme);
        if (await db.Facilities.CountAsync(f => f.SiteId == site.Id && !FacilityLife.Ended.Contains(f.State), cancel) >= most)
            throw new RuleBroken("site_has_enough_facilities",
                $"{site.Name} with {site.Residents} residents may have {most} (one per {programme.ResidentsPerFacility}).").With("most", most);

        var number = (await db.Database.SqlQuery<long>($"select nextval('facility_numbers') as \"Value\"").ToListAsync(cancel)).Single();
        var facility = Facility.Apply(number, site, programme, new Act(user.Subject(), clock.GetUtcNow()));
        db.Facilities.Add(facility);
        db.Publish(new FacilityApplied(facility.Id, facility.Code, facility.EmployerId, site.Id, site.Zone, facility.Residents, facility.AppliedAt,
            site.Latitude, site.Longitude));
        await db.SaveChangesAsync(cancel);
        response.SetETag(facility.Version);
        return TypedResults.Created($"/api/enrollment/facilities/{facility.Id}", FacilityView.From(facility));
    }, cancel);
}
