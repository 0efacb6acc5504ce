using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Readiness;

/// <param name="Remark">Needed where the item failed.</param>
public sealed record Inspection([Required] bool? Passed, [StringLength(1000)] string? Remark = null);

public static class InspectItem
{
    /// <summary>
    /// By the programme office, or the volunteer named as this facility's inspector. The entry in the facility's history also
    /// makes a declaration that the space is ready fail if it read the checklist before this.
    /// </summary>
    public static async Task<FacilityView> Handle(Guid id, string item, Inspection request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.ForHelperAsync(id, user, HelperRole.Inspector, cancel);
        var mark = await db.ChecklistMarks.FindAsync([id, programme.Item(item).Code], cancel)
            ?? throw new RuleBroken("item_not_done", $"The employer has not marked '{item}' as done.");
        var (passed, act) = (request.Passed!.Value, new Act(user.Subject(), clock.GetUtcNow()));
        facility.Prepare(act);
        mark.Inspect(passed, request.Remark, act);
        facility.Note(act with { Why = $"{item}: {(passed ? "passed" : "failed")}" });
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
