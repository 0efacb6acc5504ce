using System.Security.Claims;
using BetterConnections.Postgres;

namespace BetterConnections.Volunteers;

public static class OwnProfile
{
    public static async Task<VolunteerView> Read(VolunteerDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        response.SetETag(volunteer.Version);
        return VolunteerView.From(volunteer);
    }

    /// <summary>Needs <c>If-Match</c>.</summary>
    public static async Task<VolunteerView> Correct(VolunteerDetails request, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        http.Request.RequireMatch(volunteer.Version);
        volunteer.Correct(request, programme, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(volunteer.Version);
        return VolunteerView.From(volunteer);
    }
}
