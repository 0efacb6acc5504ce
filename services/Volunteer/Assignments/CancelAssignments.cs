using System.Linq.Expressions;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

public static class CancelAssignments
{
    /// <summary>
    /// Ends every live assignment among <paramref name="which"/>: a facility has ended, an opening was cancelled, a volunteer stops or is erased.
    /// Within the caller's transaction; the caller saves.
    /// </summary>
    public static async Task CancelAssignmentsAsync(this VolunteerDb db, Expression<Func<Assignment, bool>> which, Act act, CancellationToken cancel)
    {
        var live = db.Assignments.Where(which)
            .Where(a => a.State == AssignmentState.Requested || a.State == AssignmentState.Offered || a.State == AssignmentState.Accepted);
        var ids = await live.Select(a => a.OpeningId).Distinct().ToArrayAsync(cancel);
        var openings = await db.Openings.FromSql($"select *, xmin from openings where id = any({ids}) order by id for update").ToDictionaryAsync(o => o.Id, cancel);
        foreach (var assignment in await live.Where(a => ids.Contains(a.OpeningId)).Include(a => a.Shifts).OrderBy(a => a.Number).ToListAsync(cancel))
            await db.CancelAsync(assignment, openings[assignment.OpeningId], act, cancel);
    }

    /// <summary>One of them, whose <paramref name="opening"/> the caller has locked.</summary>
    internal static async Task CancelAsync(this VolunteerDb db, Assignment assignment, Opening opening, Act act, CancellationToken cancel)
    {
        var accepted = assignment.Cancel(act);
        if (accepted)
        {
            opening.Release(act.At);
            await db.PublishEndedAsync(assignment, act.At, cancel);
        }
        if (act.By != Act.Self) await db.TellCancelledAsync(assignment, accepted ? Templates.AssignmentCancelled : Templates.PlaceWithdrawn, act, cancel);
    }

    private static async Task TellCancelledAsync(this VolunteerDb db, Assignment assignment, string template, Act act, CancellationToken cancel)
    {
        var facility = await db.Facilities.SingleAsync(f => f.Id == assignment.FacilityId, cancel);
        db.Tell(assignment.VolunteerId, template, act.At, ("facility", facility.Name), ("role", assignment.Role.Word()),
            ("starts", assignment.Starts), ("why", act.Why ?? "–"));
    }

    internal static async Task PublishEndedAsync(this VolunteerDb db, Assignment assignment, DateTimeOffset at, CancellationToken cancel)
    {
        var account = await db.Volunteers.Where(v => v.Id == assignment.VolunteerId).Select(v => v.Account).SingleAsync(cancel);
        db.Publish(new AssignmentEnded(assignment.Id, assignment.VolunteerId, account!, assignment.FacilityId, assignment.Role.Word(), at));
    }
}
