using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Subject">The volunteer's account (token subject).</param>
public sealed record NewHelper([Required, StringLength(200, MinimumLength = 1)] string Subject, [Required] HelperRole? Role);

public sealed record HelperView(string Subject, HelperRole Role, DateTimeOffset NamedAt);

/// <summary>
/// The programme office says by hand which volunteer assesses or inspects a facility; it then is among those the volunteer sees.
/// Accepted assignments do the same by themselves.
/// </summary>
public static class NameHelper
{
    public static async Task<Ok<HelperView>> Handle(Guid id, NewHelper request, EnrollmentDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.OneAsync(id, cancel);
        var helper = new FacilityHelper
        {
            FacilityId = facility.Id,
            Subject = request.Subject,
            Role = request.Role!.Value,
            NamedAt = clock.GetUtcNow(),
            NamedBy = user.Subject(),
        };
        db.FacilityHelpers.Add(helper);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new HelperView(helper.Subject, helper.Role, helper.NamedAt));
    }

    public static async Task<IReadOnlyList<HelperView>> List(Guid id, EnrollmentDb db, CancellationToken cancel) =>
        await db.FacilityHelpers.Where(h => h.FacilityId == id && h.EndedAt == null).OrderBy(h => h.NamedAt)
            .Select(h => new HelperView(h.Subject, h.Role, h.NamedAt)).ToListAsync(cancel);

    public static async Task<NoContent> Remove(Guid id, string subject, EnrollmentDb db, CancellationToken cancel) =>
        await db.FacilityHelpers.Where(h => h.FacilityId == id && h.Subject == subject && h.EndedAt == null).ExecuteDeleteAsync(cancel) > 0
            ? TypedResults.NoContent()
            : throw new NotThere("helper_unknown", "This account is not named for this facility.");
}
