using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Facilities;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

/// <param name="VolunteerNumber">Null once the volunteer is erased.</param>
/// <param name="AnswerBy">Until when it can be accepted.</param>
/// <param name="Sequence">Rises with every change.</param>
public sealed record AssignmentView(Guid Id, long Number, Guid OpeningId, Guid FacilityId, string? FacilityCode, string? Zone, Guid VolunteerId, string? VolunteerNumber,
    AssignmentRole Role, AssignmentState State, DateTimeOffset StateSince, string? Why, DateTimeOffset AnswerBy, DateTimeOffset Starts, DateTimeOffset Ends,
    int Sequence, IReadOnlyList<ShiftTime> Shifts);

/// <summary>An assignment beside its facility and volunteer, for projections.</summary>
internal sealed class AssignmentAt
{
    public required Assignment Assignment { get; init; }
    public required Facility Facility { get; init; }
    public required Volunteer Volunteer { get; init; }

    public static readonly Expression<Func<AssignmentAt, AssignmentView>> View = r => new AssignmentView(r.Assignment.Id, r.Assignment.Number, r.Assignment.OpeningId,
        r.Facility.Id, r.Facility.Code, r.Facility.Zone, r.Volunteer.Id, r.Volunteer.Number, r.Assignment.Role, r.Assignment.State, r.Assignment.StateSince,
        r.Assignment.Why, r.Assignment.AnswerBy, r.Assignment.Starts, r.Assignment.Ends, r.Assignment.Sequence,
        r.Assignment.Shifts.OrderBy(s => s.Starts).Select(s => new ShiftTime(s.Starts, s.Ends)).ToList());
}

internal static class AssignmentAccess
{
    /// <summary>A volunteer sees its own; the programme office, the training partner and partner systems all.</summary>
    public static IQueryable<AssignmentAt> AssignmentsSeenBy(this VolunteerDb db, ClaimsPrincipal user)
    {
        var all = from assignment in db.Assignments.AsNoTracking()
                  join facility in db.Facilities on assignment.FacilityId equals facility.Id
                  join volunteer in db.Volunteers on assignment.VolunteerId equals volunteer.Id
                  select new AssignmentAt { Assignment = assignment, Facility = facility, Volunteer = volunteer };
        if (user.SeesAllWork()) return all;
        var account = user.Subject();
        return all.Where(a => a.Volunteer.Account == account);
    }

    public static bool SeesAllWork(this ClaimsPrincipal user) =>
        user.IsInRole(Roles.ProgrammeOffice) || user.IsInRole(Roles.TrainingPartner) || user.HasScope("volunteer.read");

    /// <exception cref="NotThere">assignment_unknown: there is none, or it is another volunteer's.</exception>
    public static async Task<AssignmentView> AssignmentAsync(this VolunteerDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.AssignmentsSeenBy(user).Where(a => a.Assignment.Id == id).Select(AssignmentAt.View).SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("assignment_unknown", "There is no such assignment.");
}
