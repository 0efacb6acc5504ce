using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Partners;

public sealed record PartnerFilter(PartnerKind? Kind = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListPartners
{
    public static Task<Page<PartnerView>> Handle([AsParameters] PartnerFilter filter, EnrollmentDb db, CancellationToken cancel) =>
        db.Partners.AsNoTracking().Where(p => filter.Kind == null || p.Kind == filter.Kind).PageAsync(p => p.Number, filter, PartnerView.Of, cancel: cancel);
}
