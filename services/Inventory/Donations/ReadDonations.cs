using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

public sealed record DonationFilter(DonationState? State = null, Guid? DonorId = null, string? After = null, int Limit = 50) : Paging(After, Limit);

/// <summary>Donations, newest first; a donor sees its own.</summary>
public static class ReadDonations
{
    public static Task<Page<DonationView>> List([AsParameters] DonationFilter filter, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        db.DonationsVisibleTo(user)
            .Where(d => (filter.State == null || d.State == filter.State) && (filter.DonorId == null || d.DonorId == filter.DonorId))
            .PageAsync(d => d.Id, filter, DonationView.Of, descending: true, cancel);

    public static async Task<DonationView> One(Guid id, InventoryDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var donation = await db.VisibleDonationAsync(id, user, cancel);
        response.SetETag(donation.Version);
        return DonationView.From(donation);
    }

    public static async Task<IReadOnlyList<DonationEventView>> History(Guid id, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        await db.VisibleDonationAsync(id, user, cancel);
        return await db.Set<DonationEvent>().AsNoTracking().Where(e => e.DonationId == id).OrderBy(e => e.Seq)
            .Select(e => new DonationEventView(e.Seq, e.At, e.By, e.Why, e.State)).ToListAsync(cancel);
    }

    public static async Task<Donation> VisibleDonationAsync(this InventoryDb db, Guid id, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.DonationsVisibleTo(user).SingleOrDefaultAsync(d => d.Id == id, cancel) ?? throw DonationsApi.Unknown();
}
