using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>Kits go out, are received by scan and facilities open; who cannot be served yet waits in line.</summary>
internal sealed class Deliveries(People people)
{
    private readonly List<Guid> _opened = [];

    /// <summary>In the order of their opening numbers.</summary>
    public IReadOnlyList<Guid> Facilities => _opened;

    public int Opened => _opened.Count;

    /// <summary>Delivers and opens every facility whose kit is reserved. The first kit of all arrives with one machine missing and one damaged.</summary>
    public async Task DeliverAsync(IReadOnlyList<Guid> facilities, int expected)
    {
        var waiting = facilities.Where(f => !_opened.Contains(f)).ToList();
        // Which ones, Inventory decides: of two rooms that are ready at the same moment it may hear of the later one first, and the last kit is that one's.
        var kits = await people.Warehouse.WaitForAsync("/api/inventory/kits?status=Reserved&limit=200", k => Reserved(k).Count == expected, $"{expected} kits to be reserved");
        var next = Reserved(kits);
        Story.Tell($"{next.Count} kits are reserved, whole; {waiting.Count - next.Count} facilities wait in line");

        if (Opened == 0 && next.Count > 0) await DeliverWithTroubleAsync(next[0]);
        var quiet = Opened == 0 ? next.Skip(1) : next;
        await quiet.AtOnceAsync(ShipAndReceiveAsync);
        Story.Tell($"{next.Count} kits delivered and received by scan");

        foreach (var facility in next)
        {
            await people.Office.WaitForAsync($"/api/enrollment/facilities/{facility}", f => f.Text("state") == "KitDelivered", "the delivery to reach Enrollment");
            var opened = await people.Office.PostAsync($"/api/enrollment/facilities/{facility}/open");
            _opened.Add(facility);
            Story.Expect(opened.Number("openingNumber") == Opened, $"opening numbers have no gap: {Opened} is next");
        }
        Story.Tell($"{next.Count} facilities opened; the last has opening number {Opened}");

        List<Guid> Reserved(JsonElement kits) => [.. waiting.Intersect(kits.Each("items").Select(k => k.Id("facilityId")))];
    }

    private async Task DeliverWithTroubleAsync(Guid facility)
    {
        var barcodes = await BarcodesAsync(facility);
        var shipment = await DispatchAsync(facility, barcodes);
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/receipts", new { barcodes = barcodes.Skip(2) }).DoneAsync();
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/receipts", new { barcodes = barcodes.Skip(1).Take(1), damaged = true, note = "screen cracked" }).DoneAsync();
        var closed = await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/close");
        Story.Expect((closed.Number("missing"), closed.Number("damaged")) == (1, 1), "one machine is missing and one damaged");

        // What was missing or broken is replaced from stock by itself, and goes in a second shipment.
        await people.Warehouse.WaitForAsync($"/api/inventory/kits/{facility}", k => k.Each("devices").Count(d => d.Text("state") == "Reserved") == 2, "the replacements");
        await ShipAndReceiveAsync(facility);
        Story.Tell("the first kit came with one machine missing and one damaged; both were replaced by a second shipment");
    }

    private async Task<bool> ShipAndReceiveAsync(Guid facility)
    {
        var barcodes = await BarcodesAsync(facility);
        var shipment = await DispatchAsync(facility, barcodes);
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/receipts", new { barcodes }).DoneAsync();
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/close");
        return true;
    }

    private async Task<Guid> DispatchAsync(Guid facility, string[] barcodes)
    {
        var shipment = (await people.Warehouse.PostAsync("/api/inventory/shipments", new { facilityId = facility })).Id();
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/load", new { barcodes }).DoneAsync();
        await people.Warehouse.PostAsync($"/api/inventory/shipments/{shipment}/dispatch", new { carrier = "The charity's own truck" });
        return shipment;
    }

    private async Task<string[]> BarcodesAsync(Guid facility) =>
        [.. (await people.Warehouse.GetAsync($"/api/inventory/kits/{facility}")).Each("devices").Where(d => d.Text("state") == "Reserved").Select(d => d.Text("barcode"))];
}

internal static class Scans
{
    public static async Task<JsonElement> DoneAsync(this Task<JsonElement> report) => (await report).AllDone();
}
