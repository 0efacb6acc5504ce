using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

public static class ListWipeWaivers
{
    /// <summary>The newest first. A device that came back and was waived again stands there once for each.</summary>
    public static Task<Page<WipeWaiverView>> Handle([AsParameters] Paging page, InventoryDb db, CancellationToken cancel) =>
        db.WipeWaivers.AsNoTracking().Join(db.Devices, w => w.DeviceId, d => d.Id, (waiver, device) => new { Waiver = waiver, device.Barcode })
            .PageAsync(x => x.Waiver.Id, page, x => new WipeWaiverView(x.Waiver.Id, x.Barcode, x.Waiver.Reason, x.Waiver.By, x.Waiver.At), descending: true, cancel);
}
