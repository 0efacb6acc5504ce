using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers;

public static class ReadVolunteer
{
    public static async Task<VolunteerView> Handle(Guid id, VolunteerDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.SeenBy(user).OneAsync(id, cancel);
        response.SetETag(volunteer.Version);
        return VolunteerView.From(volunteer);
    }

    public static async Task<IReadOnlyList<VolunteerEventView>> History(Guid id, VolunteerDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.SeenBy(user).OneAsync(id, cancel);
        return await db.Set<VolunteerEvent>().AsNoTracking().Where(e => e.VolunteerId == volunteer.Id).OrderBy(e => e.Seq)
            .Select(e => new VolunteerEventView(e.Seq, e.At, e.By, e.Why, e.ToState)).ToListAsync(cancel);
    }
}
