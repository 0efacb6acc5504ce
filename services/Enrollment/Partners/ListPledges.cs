using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Partners;

/// <param name="Outstanding">True: only pledges of which something is still owed.</param>
/// <param name="Overdue">True: only those of which something is owed and the day it was due has passed.</param>
public sealed record PledgeFilter(Guid? PartnerId = null, PartnerKind? Kind = null, bool Outstanding = false, bool Overdue = false, string? After = null, int Limit = 50)
    : Paging(After, Limit);

public static class ListPledges
{
    public static async Task<Page<PledgeView>> Handle([AsParameters] PledgeFilter filter, EnrollmentDb db, ProgrammeSettings programme, TimeProvider clock, CancellationToken cancel)
    {
        var today = programme.Today(clock);
        var pledges = db.Pledges.AsNoTracking();
        if (filter.PartnerId is { } partner) pledges = pledges.Where(p => p.PartnerId == partner);
        if (filter.Kind is { } kind) pledges = pledges.Where(p => p.Partner!.Kind == kind);
        if (filter.Overdue) pledges = pledges.Where(p => p.DueOn < today);
        if (filter.Outstanding || filter.Overdue)
            pledges = pledges.Where(p => p.Deliveries.Where(d => d.StruckAt == null).Sum(d => d.Quantity) < p.Quantity);
        return await pledges.PageAsync(p => p.Number, filter, PledgeView.Of(today), cancel: cancel);
    }
}
