using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Devices;

public static class ReadHistory
{
    public static async Task<IReadOnlyList<DeviceEventView>> Handle(string barcode, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        var device = await db.DevicesVisibleTo(user).ScannedAsync(barcode, programme, cancel);
        return await db.DeviceEvents.AsNoTracking().Where(e => e.DeviceId == device.Id).OrderBy(e => e.Seq)
            .Select(e => new DeviceEventView(e.Seq, e.At, e.By, e.Why, e.FromState, e.ToState, e.ToLocationId)).ToListAsync(cancel);
    }
}
