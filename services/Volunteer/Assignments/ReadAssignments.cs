using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Assignments;

public sealed record AssignmentFilter(AssignmentState? State = null, AssignmentRole? Role = null, Guid? FacilityId = null, Guid? OpeningId = null,
    Guid? VolunteerId = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadAssignments
{
    /// <summary>Newest first.</summary>
    public static Task<Page<AssignmentView>> List([AsParameters] AssignmentFilter filter, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var assignments = db.AssignmentsSeenBy(user);
        if (filter.State is { } state) assignments = assignments.Where(a => a.Assignment.State == state);
        if (filter.Role is { } role) assignments = assignments.Where(a => a.Assignment.Role == role);
        if (filter.FacilityId is { } facility) assignments = assignments.Where(a => a.Assignment.FacilityId == facility);
        if (filter.OpeningId is { } opening) assignments = assignments.Where(a => a.Assignment.OpeningId == opening);
        if (filter.VolunteerId is { } volunteer) assignments = assignments.Where(a => a.Assignment.VolunteerId == volunteer);
        return assignments.PageAsync(a => a.Assignment.Number, filter, AssignmentAt.View, descending: true, cancel);
    }

    public static Task<AssignmentView> One(Guid id, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel) => db.AssignmentAsync(id, user, cancel);
}
