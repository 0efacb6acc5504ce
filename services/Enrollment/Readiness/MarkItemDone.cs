using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Readiness;

/// <param name="Note">Where, how, by whom; needed for items that want no evidence.</param>
public sealed record ItemDone([StringLength(1000)] string? Note = null);

public static class MarkItemDone
{
    /// <summary>By the employer. The first item begins the preparation; a failed item done anew waits for inspection again.</summary>
    public static async Task<FacilityView> Handle(Guid id, string item, ItemDone request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var wanted = programme.Item(item);
        if (!wanted.Evidence && string.IsNullOrWhiteSpace(request.Note))
            throw new BadInput("note_required", $"Say in a note how '{item}' is done.");
        if (wanted.Evidence && !await db.Evidence.AnyAsync(e => e.FacilityId == id && e.Item == item, cancel))
            throw new RuleBroken("evidence_missing", $"Upload a photograph or document of '{item}' first.");

        var act = new Act(user.Subject(), clock.GetUtcNow());
        facility.Prepare(act);
        facility.Note(act with { Why = $"{item}: done" });
        var mark = await db.ChecklistMarks.FindAsync([id, item], cancel) ?? db.Add(new ChecklistMark { FacilityId = id, Item = item }).Entity;
        mark.Done(request.Note, act);
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }
}
