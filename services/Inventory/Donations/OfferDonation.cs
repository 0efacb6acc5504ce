using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donors;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Donations;

/// <param name="ExpectedDevices">About how many; the manifest tells exactly.</param>
/// <param name="CollectFrom">Address to collect from; none where the donor brings the devices.</param>
/// <param name="DonorId">Left out by a donor, who offers for itself.</param>
public sealed record NewDonation([Required, StringLength(500, MinimumLength = 3)] string Description, [Range(1, 100_000)] int ExpectedDevices,
    [StringLength(500)] string? CollectFrom = null, Guid? DonorId = null);

public static class OfferDonation
{
    public static async Task<Created<DonationView>> Handle(NewDonation request, InventoryDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var donorId = request.DonorId ?? user.Organisation() ?? throw new BadInput("donor_required", "Say which donor gives.");
        if (!await db.DonorsVisibleTo(user).AnyAsync(d => d.Id == donorId, cancel)) throw DonorsApi.Unknown();

        var donation = Donation.Offer(donorId, request.Description.Trim(), request.ExpectedDevices, request.CollectFrom?.Trim(),
            new Act(user.Subject(), clock.GetUtcNow()));
        db.Donations.Add(donation);
        await db.SaveChangesAsync(cancel);
        response.SetETag(donation.Version);
        return TypedResults.Created($"/api/inventory/donations/{donation.Id}", DonationView.From(donation));
    }
}
