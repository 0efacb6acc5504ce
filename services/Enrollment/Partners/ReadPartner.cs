using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Partners;

public static class ReadPartner
{
    public static async Task<PartnerView> Handle(Guid id, EnrollmentDb db, HttpResponse response, CancellationToken cancel)
    {
        var partner = await db.Partners.AsNoTracking().NamedAsync(id, cancel);
        response.SetETag(partner.Version);
        return PartnerView.From(partner);
    }

    internal static async Task<Partner> NamedAsync(this IQueryable<Partner> partners, Guid id, CancellationToken cancel) =>
        await partners.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotThere("partner_unknown", "There is no such partner.");
}
