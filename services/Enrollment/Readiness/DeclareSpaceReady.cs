using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Readiness;

public static class DeclareSpaceReady
{
    /// <summary>Hardware is asked for here and nowhere else. 409 <c>checklist_incomplete</c> lists what is <c>missing</c>.</summary>
    public static async Task<FacilityView> Handle(Guid id, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel)
    {
        var facility = await db.ForHelperAsync(id, user, HelperRole.Inspector, cancel);
        var marks = await db.ChecklistMarks.AsNoTracking().Where(m => m.FacilityId == id).ToDictionaryAsync(m => m.Item, cancel);
        if (ReadChecklist.Missing(programme, marks) is { Count: > 0 } missing)
            throw new RuleBroken("checklist_incomplete", $"{missing.Count} mandatory items of {facility.Code} have not passed inspection.").With("missing", missing);

        var act = new Act(user.Subject(), clock.GetUtcNow());
        facility.SpaceReady(act);
        db.Publish(new FacilitySpaceReady(id, facility.Code, facility.Site.Zone, facility.Priority, programme.KitComputers, programme.KitModems, act.At));
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
