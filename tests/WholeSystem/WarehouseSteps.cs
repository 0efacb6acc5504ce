namespace BetterConnections.WholeSystems;

/// <summary>A device as far as journeys look at it.</summary>
public sealed record Device(string Barcode, string Kind, string? Serial, string State, Guid? KitId);

public sealed record HistoryEntry(int Seq, string By, string? From, string To);

public sealed record KitState(string Status, string? Reason);

public sealed record KitAnswer(KitState Kit, IReadOnlyList<Device> Devices);

public sealed record ScanAnswer(int Done, int Refused);

public sealed record Shipment(Guid Id, string Status, int Loaded, int Received, int Damaged, int Missing);

public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What logistics does in the warehouse and on the road.</summary>
public static class WarehouseSteps
{
    private const string Api = "/api/inventory";

    public static async Task<Guid> OpenWarehouseAsync(this Person warehouse) =>
        (await warehouse.PostAsync<Place>($"{Api}/locations", new { code = $"W{Guid.NewGuid():n}"[..12], name = "Warehouse", kind = "Warehouse" })).Id;

    /// <summary>Registers, triages and stores as many as make one kit: thin clients, which have no storage and so nothing to wipe, and a modem.</summary>
    public static async Task<IReadOnlyList<Device>> StockKitAsync(this Person warehouse, Guid location) =>
        await warehouse.StockAsync(location, [.. Enumerable.Repeat("Desktop", 10), "Modem"]);

    /// <summary>Stocks kits until the facility, whose space is ready, has one set aside: others may wait before it, and more may come meanwhile.</summary>
    public static async Task<Facility> StockKitForAsync(this Person warehouse, Person office, Guid facility)
    {
        var location = await warehouse.OpenWarehouseAsync();
        for (var tries = 0; tries < 5; tries++)
        {
            var waiting = await office.GetAsync<Page<Facility>>("/api/enrollment/facilities?state=SpaceReady&limit=200");
            for (var kits = 0; kits < waiting.Items.Count; kits++) await warehouse.StockKitAsync(location);
            if (await office.BecomesSoonAsync(facility, "KitReserved")) break;
        }
        return await office.BecomesAsync(facility, "KitReserved");
    }

    public static async Task<IReadOnlyList<Device>> StockAsync(this Person warehouse, Guid location, params string[] kinds)
    {
        var devices = new List<Device>();
        foreach (var kind in kinds) devices.Add(await warehouse.RegisterAsync(kind, $"J{Guid.NewGuid():n}"));
        await warehouse.ScanAsync("Triage", devices);
        await warehouse.ScanAsync("Store", devices, location);
        return devices;
    }

    /// <summary>Scans that are all expected to be done.</summary>
    public static async Task ScanAsync(this Person warehouse, string action, IReadOnlyList<Device> devices, Guid? locationId = null, string? why = null)
    {
        var barcodes = devices.Select(d => d.Barcode).ToList();
        var answer = await warehouse.TryPostAsync($"{Api}/scans", new { action, barcodes, locationId, why });
        Assert.True(answer.Read<ScanAnswer>().Done == devices.Count, $"{action}: {answer.Body}");
    }

    public static Task<KitAnswer> KitAsync(this Person warehouse, Guid facility) => warehouse.GetAsync<KitAnswer>($"{Api}/kits/{facility}");

    public static Task<List<HistoryEntry>> HistoryAsync(this Person warehouse, Device device) =>
        warehouse.GetAsync<List<HistoryEntry>>($"{Api}/devices/{device.Barcode}/history");

    /// <summary>Takes all free devices out of stock, so that a journey knows what there is.</summary>
    public static async Task EmptyShelvesAsync(this Person warehouse)
    {
        while ((await warehouse.GetAsync<Page<Device>>($"{Api}/devices?state=InStock&limit=200")).Items is { Count: > 0 } free)
            await warehouse.ScanAsync("Retire", free, why: "shelves emptied");
    }

    /// <summary>Scans all that is set aside for the facility onto a shipment and hands it to the carrier.</summary>
    /// <param name="receiver">The account that will sign on site; null for logistics itself.</param>
    public static async Task<(Guid Shipment, IReadOnlyList<Device> Devices)> DispatchAsync(this Person warehouse, Guid facility, Guid? receiver = null)
    {
        var devices = (await warehouse.KitAsync(facility)).Devices.Where(d => d.State == "Reserved").ToList();
        var shipment = await warehouse.PostAsync<Shipment>($"{Api}/shipments", new { facilityId = facility });
        var loaded = await warehouse.PostAsync<ScanAnswer>($"{Api}/shipments/{shipment.Id}/load", new { barcodes = devices.Select(d => d.Barcode) });
        Assert.Equal(devices.Count, loaded.Done);
        await warehouse.PostAsync<Shipment>($"{Api}/shipments/{shipment.Id}/dispatch", new { carrier = "Gulf Haulage", vehicle = "Tour 7", receiver });
        return (shipment.Id, devices);
    }

    public static async Task ReceiveAsync(this Person warehouse, Guid shipment, IEnumerable<Device> devices, bool damaged = false)
    {
        var barcodes = devices.Select(d => d.Barcode).ToList();
        var received = await warehouse.PostAsync<ScanAnswer>($"{Api}/shipments/{shipment}/receipts", new { barcodes, damaged });
        Assert.Equal(barcodes.Count, received.Done);
    }

    public static Task<Shipment> CloseShipmentAsync(this Person warehouse, Guid shipment) => warehouse.PostAsync<Shipment>($"{Api}/shipments/{shipment}/close");

    public static Task<Device> RegisterAsync(this Person warehouse, string kind, string serial) =>
        warehouse.PostAsync<Device>($"{Api}/devices", new { kind, serial, storage = "None" });

    private sealed record Place(Guid Id);
}
