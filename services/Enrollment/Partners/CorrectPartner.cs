using BetterConnections.Postgres;

namespace BetterConnections.Enrollment.Partners;

public static class CorrectPartner
{
    public static async Task<PartnerView> Handle(Guid id, PartnerFacts request, EnrollmentDb db, HttpContext http, CancellationToken cancel)
    {
        var partner = await db.Partners.NamedAsync(id, cancel);
        http.Request.RequireMatch(partner.Version);
        (partner.Name, partner.Kind) = (request.Name.Trim(), request.Kind!.Value);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(partner.Version);
        return PartnerView.From(partner);
    }
}
