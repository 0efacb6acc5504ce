using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Assignments;

public static class AcceptAssignment
{
    /// <summary>
    /// An offer is accepted by its volunteer, a request by the programme office or the training partner. 409 <c>offer_expired</c>, <c>opening_filled</c>,
    /// <c>volunteer_double_booked</c>, <c>volunteer_not_screened</c>, <c>volunteer_not_certified</c>, <c>facility_suspended</c>; 403 <c>not_yours_to_answer</c>.
    /// </summary>
    public static Task<AssignmentView> Handle(Guid id, VolunteerDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var seen = await db.AssignmentAsync(id, user, cancel);
            var facility = await db.ShareFacilityAsync(seen.OpeningId, cancel);
            var volunteer = await db.LockVolunteerAsync(seen.VolunteerId, cancel);
            var opening = await db.LockOpeningAsync(seen.OpeningId, cancel);
            var assignment = await db.Assignments.Include(a => a.Shifts).SingleAsync(a => a.Id == id, cancel);
            var act = assignment.AnsweredBy(user, volunteer, clock);

            assignment.Accept(act);
            opening.Take(act.At);
            volunteer.RequireFit(assignment.Role, opening.Topics, assignment.Ends);
            volunteer.TakeUpWork(act);
            db.Publish(new AssignmentAccepted(id, volunteer.Id, volunteer.Account!, facility.Id, assignment.Role.Word(), volunteer.LanguagesBestFirst(),
                assignment.Role == AssignmentRole.Trainer ? [.. volunteer.CertifiedTopics(assignment.Ends).Order()] : [], assignment.Starts, assignment.Ends, act.At,
                [.. assignment.Shifts.OrderBy(s => s.Starts).Select(s => new AssignedShift(s.Starts, s.Ends))]));
            await db.SaveChangesAsync(cancel);
            return await db.AssignmentAsync(id, user, cancel);
        }, cancel);

    /// <summary>Who may answer: the other side than the one that asked.</summary>
    internal static Act AnsweredBy(this Assignment assignment, ClaimsPrincipal user, Volunteer volunteer, TimeProvider clock, string? why = null)
    {
        var own = volunteer.Account == user.Subject();
        if (assignment.IsWaiting && own != (assignment.State == AssignmentState.Offered))
            throw new Refused(403, "not_yours_to_answer", own ? "The programme office answers a request." : "The volunteer answers an offer.");
        return new(own ? Act.Self : user.Subject(), clock.GetUtcNow(), why);
    }
}
