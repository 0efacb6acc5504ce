using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Devices;

/// <summary>Whose devices a caller sees, asked in the WHERE clause: what is not the caller's is not there.</summary>
public static class VisibleDevices
{
    /// <summary>
    /// Programme office, logistics, evaluators and partner systems see all; a club or recycler what stands at its own location; a donor what it gave;
    /// anyone else none. Nothing is tracked.
    /// </summary>
    public static IQueryable<Device> DevicesVisibleTo(this InventoryDb db, ClaimsPrincipal user)
    {
        var devices = db.Devices.AsNoTracking();
        if (user.SeesAllInventory()) return devices;

        var organisation = user.RequiredOrganisation();
        var holds = user.IsInRole(Roles.Club) || user.IsInRole(Roles.Recycler);
        var gave = user.IsInRole(Roles.Donor);
        return devices.Where(d =>
            holds && db.Locations.Any(l => l.Id == d.LocationId && l.OrganisationId == organisation)
            || gave && db.Donations.Any(g => g.Id == d.DonationId && g.DonorId == organisation));
    }
}
