using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.Openings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Volunteers.Assignments;

/// <param name="Shifts">The times on site, within the opening's period.</param>
/// <param name="AnswerBy">Until when it can be accepted; some days where left out, and never after the work has begun.</param>
public sealed record PlaceOffer([Required] Guid? VolunteerId, [Required] IReadOnlyList<ShiftTime> Shifts, DateTimeOffset? AnswerBy = null);

/// <param name="Shifts">The times the volunteer would come, within the opening's period.</param>
public sealed record PlaceRequest([Required] IReadOnlyList<ShiftTime> Shifts);

/// <summary>
/// A place is offered to a volunteer, or a volunteer asks for one. 400 <c>shifts_not_valid</c>; 409 <c>volunteer_not_screened</c>, <c>volunteer_not_certified</c>,
/// <c>opening_filled</c>, <c>opening_closed</c>, <c>assignment_already_there</c>, <c>facility_suspended</c>, <c>facility_ended</c>.
/// All of it is asked again at the acceptance.
/// </summary>
public static class ProposeAssignment
{
    public static Task<Created<AssignmentView>> Offer(Guid id, PlaceOffer offer, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var volunteer = await db.Volunteers.OneAsync(offer.VolunteerId!.Value, cancel);
        return await db.ProposeAsync(id, volunteer, AssignmentState.Offered, offer.Shifts, offer.AnswerBy, new Act(user.Subject(), clock.GetUtcNow()), settings, user, cancel);
    }, cancel);

    public static Task<Created<AssignmentView>> Request(Guid id, PlaceRequest request, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        return await db.ProposeAsync(id, volunteer, AssignmentState.Requested, request.Shifts, null, new Act(Act.Self, clock.GetUtcNow()), settings, user, cancel);
    }, cancel);

    private static async Task<Created<AssignmentView>> ProposeAsync(this VolunteerDb db, Guid openingId, Volunteer volunteer, AssignmentState state,
        IReadOnlyList<ShiftTime> given, DateTimeOffset? answerBy, Act act, VolunteeringSettings settings, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.ShareFacilityAsync(openingId, cancel);
        var opening = await db.LockOpeningAsync(openingId, cancel);
        opening.RequireOpen();
        var shifts = Shifts.Check(given, opening, act.At);
        volunteer.RequireFit(opening.Role, opening.Topics, shifts[^1].Ends);
        var last = answerBy?.ToUniversalTime() ?? act.At.AddDays(settings.OfferDays);
        if (last <= act.At) throw new BadInput("answer_by_not_valid", "An offer can be answered only if its answerBy is to come.");

        var begins = shifts.FirstOrDefault(s => s.Starts > act.At)?.Starts ?? shifts[^1].Ends; // nobody can come to what had begun when they were told
        var assignment = Assignment.Propose(opening, volunteer.Id, state, shifts, last < begins ? last : begins, act);
        db.Assignments.Add(assignment);
        if (state == AssignmentState.Offered)
            db.Tell(volunteer.Id, Templates.AssignmentOffered, act.At, ("facility", facility.Name), ("role", assignment.Role.Word()), ("starts", assignment.Starts),
                ("ends", assignment.Ends), ("until", assignment.AnswerBy));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/volunteer/assignments/{assignment.Id}", await db.AssignmentAsync(assignment.Id, user, cancel));
    }

    /// <summary>Screened for any role; a trainer certified until the end for all that is to be taught.</summary>
    /// <exception cref="RuleBroken">volunteer_not_screened, volunteer_inactive, volunteer_not_certified</exception>
    internal static void RequireFit(this Volunteer volunteer, AssignmentRole role, string[] topics, DateTimeOffset until)
    {
        volunteer.RequireScreened();
        if (role == AssignmentRole.Trainer) volunteer.RequireCertified(topics, until);
    }
}
