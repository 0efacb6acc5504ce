using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Visits;

/// <param name="Minutes">How many count, where not all do; then with a reason.</param>
public sealed record Approval([Range(0, 24 * 60)] int? Minutes = null, [StringLength(500, MinimumLength = 3)] string? Why = null);

/// <summary>A second person's word on the hours: never the volunteer's own, whatever other role its account has.</summary>
public static class JudgeVisit
{
    /// <summary>400 <c>reason_required</c>; 403 <c>own_hours</c>; 409 <c>minutes_too_many</c>, <c>state_forbids</c>.</summary>
    public static async Task<VisitView> Approve(Guid id, Approval approval, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var visit = await db.ForSecondPersonAsync(id, user, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), approval.Why);
        visit.Approve(approval.Minutes ?? visit.Minutes ?? 0, act);
        db.Publish(new HoursApproved(visit.Id, visit.VolunteerId, visit.FacilityId, visit.Role.Word(), visit.ApprovedMinutes!.Value, act.At));
        await db.SaveChangesAsync(cancel);
        return VisitView.From(visit);
    }

    /// <summary>None of it counts.</summary>
    public static async Task<VisitView> Reject(Guid id, Reason reason, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var visit = await db.ForSecondPersonAsync(id, user, cancel);
        visit.Reject(new Act(user.Subject(), clock.GetUtcNow(), reason.Why));
        await db.SaveChangesAsync(cancel);
        return VisitView.From(visit);
    }

    private static async Task<Visit> ForSecondPersonAsync(this VolunteerDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel)
    {
        var visit = await db.Visits.SingleOrDefaultAsync(v => v.Id == id, cancel) ?? throw new NotThere("visit_unknown", "There is no such visit.");
        var account = user.Subject();
        if (await db.Volunteers.AnyAsync(v => v.Id == visit.VolunteerId && v.Account == account, cancel))
            throw new Refused(StatusCodes.Status403Forbidden, "own_hours", "Somebody else approves or rejects these hours.");
        return visit;
    }
}
