using System.Security.Claims;
using BetterConnections.Postgres;

namespace BetterConnections.Inventory.Devices;

/// <param name="Sort"><c>number</c> (the default) or <c>-number</c>, newest first.</param>
/// <param name="Search">Beginning of a barcode or serial.</param>
public sealed record DeviceFilter(DeviceState? State = null, DeviceKind? Kind = null, Guid? LocationId = null, Guid? DonationId = null,
    Guid? KitId = null, string? Search = null, string? Sort = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListDevices
{
    public static async Task<Page<DeviceView>> Handle([AsParameters] DeviceFilter filter, InventoryDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var devices = db.DevicesVisibleTo(user);
        if (filter.State is { } state) devices = devices.Where(d => d.State == state);
        if (filter.Kind is { } kind) devices = devices.Where(d => d.Kind == kind);
        if (filter.LocationId is { } location) devices = devices.Where(d => d.LocationId == location);
        if (filter.DonationId is { } donation) devices = devices.Where(d => d.DonationId == donation);
        if (filter.KitId is { } kit) devices = devices.Where(d => d.KitId == kit);
        if (filter.Search?.Trim().ToUpperInvariant() is { Length: > 0 } search)
            devices = devices.Where(d => d.Barcode.StartsWith(search) || d.Serial!.StartsWith(search));
        return await devices.PageAsync(d => d.Number, filter, DeviceView.Of, descending: filter.Sort == "-number", cancel);
    }
}
