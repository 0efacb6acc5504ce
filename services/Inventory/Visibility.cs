using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Donors;
using BetterConnections.Inventory.Locations;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory;

/// <summary>Whose a row is, said once per noun and asked in the WHERE clause; what is not the caller's is not there.</summary>
internal static class Visibility
{
    /// <summary>Programme office, logistics and partner systems with the scope see everything, and evaluators what they may read at all: the way from a figure to its donors.</summary>
    public static bool SeesAllInventory(this ClaimsPrincipal user) =>
        user.IsInRole(Roles.ProgrammeOffice) || user.IsInRole(Roles.Logistics) || user.IsInRole(Roles.Evaluator) || user.HasScope("inventory.read") || user.HasScope("inventory.write");

    /// <summary>A club or recycler sees its own places and the warehouses that it fetches from and brings to.</summary>
    public static IQueryable<Location> LocationsVisibleTo(this InventoryDb db, ClaimsPrincipal user)
    {
        var locations = db.Locations.AsNoTracking();
        if (user.SeesAllInventory()) return locations;
        var organisation = user.RequiredOrganisation();
        return locations.Where(l => l.Kind == LocationKind.Warehouse || l.OrganisationId == organisation);
    }

    /// <summary>A donor sees itself.</summary>
    public static IQueryable<Donor> DonorsVisibleTo(this InventoryDb db, ClaimsPrincipal user)
    {
        var donors = db.Donors.AsNoTracking();
        if (user.SeesAllInventory()) return donors;
        var organisation = user.RequiredOrganisation();
        return donors.Where(d => d.Id == organisation);
    }

    /// <summary>A donor sees what it gave.</summary>
    public static IQueryable<Donation> DonationsVisibleTo(this InventoryDb db, ClaimsPrincipal user)
    {
        var donations = db.Donations.AsNoTracking();
        if (user.SeesAllInventory()) return donations;
        var organisation = user.RequiredOrganisation();
        return donations.Where(d => d.DonorId == organisation);
    }
}
