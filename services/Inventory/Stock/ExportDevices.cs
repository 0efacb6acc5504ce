using System.Text;
using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Stock;

public static class ExportDevices
{
    private static readonly string[] Headings =
        ["barcode", "kind", "serial", "manufacturer", "model", "purchased_year", "donor_asset_tag", "state", "state_since", "location", "received_at"];

    /// <summary>All devices that the filter lets through, as CSV in UTF-8, written while they are read: memory stays the same for a million.</summary>
    public static PushStreamHttpResult Handle(DeviceState? state, DeviceKind? kind, Guid? locationId, Guid? donationId, InventoryDb db, CancellationToken cancel)
    {
        var rows = (from device in db.Devices.AsNoTracking()
                    join location in db.Locations on device.LocationId equals location.Id into places
                    from place in places.DefaultIfEmpty()
                    where (state == null || device.State == state) && (kind == null || device.Kind == kind)
                        && (locationId == null || device.LocationId == locationId) && (donationId == null || device.DonationId == donationId)
                    orderby device.Number
                    select new { device, place.Code }).AsAsyncEnumerable();
        return TypedResults.Stream(async body =>
        {
            await using var text = new StreamWriter(body, Encoding.UTF8); // with a byte order mark, or a spreadsheet garbles Arabic
            await text.WriteAsync(SpreadsheetText.Line(Headings));
            await foreach (var (d, place) in rows.Select(r => (r.device, r.Code)).WithCancellation(cancel))
                await text.WriteAsync(SpreadsheetText.Line([d.Barcode, $"{d.Kind}", d.Serial, d.Manufacturer, d.Model, $"{d.PurchasedYear}", d.DonorAssetTag, $"{d.State}", $"{d.StateSince:u}", place, $"{d.ReceivedAt:u}"]));
        }, "text/csv; charset=utf-8", "devices.csv");
    }
}
