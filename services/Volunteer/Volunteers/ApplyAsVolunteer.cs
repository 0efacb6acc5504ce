using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Volunteers;

public static class ApplyAsVolunteer
{
    /// <summary>An account applies for itself, once.</summary>
    public static async Task<Created<VolunteerView>> Handle(VolunteerDetails request, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var number = $"{programme.VolunteerNumberPrefix}-{await db.NextVolunteerNumberAsync(cancel):D6}";
        var volunteer = Volunteer.Apply(user.Subject(), number, request, programme, clock.GetUtcNow());
        db.Volunteers.Add(volunteer);
        await db.SaveChangesAsync(cancel);
        response.SetETag(volunteer.Version);
        return TypedResults.Created($"/api/volunteer/volunteers/{volunteer.Id}", VolunteerView.From(volunteer));
    }
}
