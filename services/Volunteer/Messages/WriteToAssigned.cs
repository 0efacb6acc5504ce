using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Messages;

/// <summary>A message to everyone who has accepted: one assignment, those of an opening, or those of a facility. Just one of the three is named.</summary>
public sealed record AssignedNote(
    [Required, StringLength(200, MinimumLength = 2)] string Subject,
    [Required, StringLength(5000, MinimumLength = 2)] string Text,
    Guid? AssignmentId = null, Guid? OpeningId = null, Guid? FacilityId = null);

/// <param name="Volunteers">How many it goes to.</param>
public sealed record NoteWritten(int Volunteers);

public static class WriteToAssigned
{
    /// <summary>Each gets it once, however many assignments it has there. 409 <c>nobody_assigned</c>.</summary>
    public static async Task<NoteWritten> Handle(AssignedNote note, VolunteerDb db, TimeProvider clock, CancellationToken cancel)
    {
        Guid?[] targets = [note.AssignmentId, note.OpeningId, note.FacilityId];
        if (targets.Count(t => t is not null) != 1) throw new BadInput("one_target_required", "Name an assignment, an opening or a facility, and one of them alone.");
        var recipients = await db.Assignments
            .Where(a => a.State == AssignmentState.Accepted && (a.Id == note.AssignmentId || a.OpeningId == note.OpeningId || a.FacilityId == note.FacilityId))
            .Select(a => a.VolunteerId).Distinct().ToListAsync(cancel);
        if (recipients.Count == 0) throw new RuleBroken("nobody_assigned", "Nobody has an accepted assignment there.");

        var now = clock.GetUtcNow();
        foreach (var volunteer in recipients) db.Tell(volunteer, Templates.Note, now, ("subject", note.Subject), ("text", note.Text));
        await db.SaveChangesAsync(cancel);
        return new(recipients.Count);
    }
}
