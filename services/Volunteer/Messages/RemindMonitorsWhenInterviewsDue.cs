using BetterConnections.Contracts;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Messages;

/// <summary>Who monitors the facility is reminded of the interviews still to be held there, once each; not when the wave is over by now.</summary>
public sealed class RemindMonitorsWhenInterviewsDue(VolunteerDb db, TimeProvider clock) : IConsumer<InterviewsDue>
{
    public async Task Consume(ConsumeContext<InterviewsDue> context)
    {
        var (due, now, cancel) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        if (due.Closes <= now || await db.Facilities.FindAsync([due.FacilityId], cancel) is not { } facility) return;
        var monitors = await db.Assignments.Where(a => a.FacilityId == facility.Id && a.Role == AssignmentRole.Monitor && a.State == AssignmentState.Accepted)
            .Select(a => a.VolunteerId).Distinct().ToListAsync(cancel);
        foreach (var monitor in monitors)
            db.Tell(monitor, Templates.InterviewsDue, now, ("facility", facility.Name), ("count", due.Due.ToString()), ("until", due.Closes));
    }
}
