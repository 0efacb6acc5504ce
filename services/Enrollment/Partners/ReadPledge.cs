using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Partners;

public static class ReadPledge
{
    public static async Task<PledgeDetail> Handle(Guid id, EnrollmentDb db, ProgrammeSettings programme, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var pledge = await db.Pledges.AsNoTracking().Include(p => p.Deliveries).NamedAsync(id, cancel);
        response.SetETag(pledge.Version);
        return new(await db.Pledges.ShownAsync(id, programme.Today(clock), cancel),
            [.. pledge.Deliveries.OrderBy(d => d.DeliveredOn).ThenBy(d => d.RecordedAt).Select(DeliveryView.From)]);
    }

    internal static async Task<Pledge> NamedAsync(this IQueryable<Pledge> pledges, Guid id, CancellationToken cancel) =>
        await pledges.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotThere("pledge_unknown", "There is no such pledge.");

    /// <summary>The pledge with its sums, as the database has them.</summary>
    internal static Task<PledgeView> ShownAsync(this IQueryable<Pledge> pledges, Guid id, DateOnly today, CancellationToken cancel) =>
        pledges.AsNoTracking().Where(p => p.Id == id).Select(PledgeView.Of(today)).SingleAsync(cancel);
}
