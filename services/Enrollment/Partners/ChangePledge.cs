using BetterConnections.Postgres;

namespace BetterConnections.Enrollment.Partners;

public static class ChangePledge
{
    /// <summary>A pledge that was raised, lowered or put off; what was delivered stands.</summary>
    public static async Task<PledgeView> Handle(Guid id, PledgeFacts request, EnrollmentDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel)
    {
        var pledge = await db.Pledges.NamedAsync(id, cancel);
        http.Request.RequireMatch(pledge.Version);
        (pledge.What, pledge.Quantity, pledge.Unit) = (request.What.Trim(), request.Quantity, request.Unit.Trim());
        (pledge.DueOn, pledge.Value) = (request.DueOn!.Value, request.Value);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(pledge.Version);
        return await db.Pledges.ShownAsync(id, programme.Today(clock), cancel);
    }
}
