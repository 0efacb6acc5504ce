using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>Whose facility is whose; what is not the caller's to see answers 404.</summary>
public static class FacilityAccess
{
    private static readonly string[] SeeAll = [Roles.ProgrammeOffice, Roles.Logistics, Roles.TrainingPartner, Roles.Evaluator];

    /// <summary>An employer sees its organisation's, a volunteer those it is named for.</summary>
    public static IQueryable<Facility> SeenBy(this IQueryable<Facility> facilities, ClaimsPrincipal user)
    {
        if (SeeAll.Any(user.IsInRole) || user.HasScope("enrollment.read")) return facilities;
        if (user.IsInRole(Roles.Volunteer))
        {
            var subject = user.Subject();
            return facilities.Where(f => f.Helpers.Any(h => h.Subject == subject && h.EndedAt == null));
        }
        var own = user.RequiredOrganisation();
        return facilities.Where(f => f.EmployerId == own);
    }

    /// <summary>With its site and employer, which views and events name.</summary>
    public static async Task<Facility> OneAsync(this IQueryable<Facility> facilities, Guid id, CancellationToken cancel) =>
        await facilities.Include(f => f.Site.Employer).SingleOrDefaultAsync(f => f.Id == id, cancel)
        ?? throw new NotThere("facility_unknown", "There is no such facility.");

    /// <summary>The facility for a step that the programme office takes anywhere and a volunteer only where named in <paramref name="role"/>.</summary>
    public static async Task<Facility> ForHelperAsync(this EnrollmentDb db, Guid id, ClaimsPrincipal user, HelperRole role, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var subject = user.Subject();
        if (!user.IsInRole(Roles.ProgrammeOffice)
            && !await db.FacilityHelpers.AnyAsync(h => h.FacilityId == id && h.Subject == subject && h.Role == role && h.EndedAt == null, cancel))
            throw new Refused(403, "not_named_for_this", $"You are not named as {role} of {facility.Code}.");
        return facility;
    }
}
