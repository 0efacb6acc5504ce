using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Shipments;
using BetterConnections.Inventory.Stock;
using BetterConnections.Testing;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Kits;

/// <summary>Everybody at once on the real database and broker; whatever the order, the books have to be right.</summary>
public class InterleavingTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>
{
    private const int Computers = 3, Modems = 1;
    private static readonly string[] MayLose = ["changed_meanwhile", "already_there", "nothing_to_ship", "nothing_loaded", "shipment_not_loading", "shipment_not_dispatched", "device_no_longer_in_kit", "not_in_use"];

    private enum Command { ComputersArrive, ModemArrives, SpaceReady, Withdraw, Fault, Ship, Return, Replace }

    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);
    private readonly ConcurrentBag<Guid> _facilities = [];
    private Guid _warehouse;

    [Fact]
    public async Task No_interleaving_breaks_a_kit_the_line_or_the_books()
    {
        _warehouse = await inventory.LocationAsync();
        await inventory.StockArrivesAsync(8);
        await inventory.StockArrivesAsync(3, DeviceKind.Modem);
        for (var i = 0; i < 3; i++) _facilities.Add(await inventory.SpaceReadyAsync(Computers, Modems));

        var commands = Gen.Elements(Enum.GetValues<Command>()).Sample(120).ToList();
        await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (command, _) => await DoAsync(command));
        await inventory.DeliverAsync(new StockArrived(0, inventory.Clock.GetUtcNow()));

        await AssertKitsAreWholeAsync();
        Assert.Empty(await inventory.As(Roles.Operator).PostAsync<List<StockDifference>>("/api/inventory/stock/rebuild"));
        var balance = await _logistics.GetAsync<MassBalance>("/api/inventory/stock/mass-balance");
        Assert.True(balance.Received > 0 && balance.Difference == 0, balance.ToString());
    }

    private async Task DoAsync(Command command)
    {
        switch (command)
        {
            case Command.ComputersArrive: await inventory.StockArrivesAsync(Random.Shared.Next(1, 5)); break;
            case Command.ModemArrives: await inventory.StockArrivesAsync(1, DeviceKind.Modem); break;
            case Command.SpaceReady: _facilities.Add(await inventory.SpaceReadyAsync(Computers, Modems, Random.Shared.Next(3))); break;
            case Command.Withdraw: await inventory.DeliverAsync(new FacilityWithdrawn(AnyFacility(), "withdrawn", inventory.Clock.GetUtcNow()), times: 2); break;
            case Command.Fault: await ScanAsync("Fault", DeviceState.InStock, DeviceState.Reserved, DeviceState.Deployed); break;
            case Command.Return: await ScanAsync("Return", DeviceState.Deployed, DeviceState.InTransit, DeviceState.Lost); break;
            case Command.Replace:
                if (await AnyDeviceAsync(DeviceState.Deployed) is { } worn) await TryAsync<JsonElement>($"/api/inventory/devices/{worn}/replace", new { why = "worn" });
                break;
            case Command.Ship: await ShipAsync(AnyFacility()); break;
        }
    }

    /// <summary>All that is reserved is sent; one device may get lost and one may break.</summary>
    private async Task ShipAsync(Guid facility)
    {
        if (await TryAsync<ShipmentView>("/api/inventory/shipments", new { facilityId = facility }) is not { } shipment) return;
        var path = $"/api/inventory/shipments/{shipment.Id}";
        var barcodes = (await inventory.DevicesOfAsync(facility)).Where(d => d.State == DeviceState.Reserved).Select(d => d.Barcode).ToArray();
        if (barcodes.Length == 0 || await TryAsync<ScanReport>($"{path}/load", new { barcodes }) is null) return;
        if (await TryAsync<ShipmentView>($"{path}/dispatch", new { carrier = "RAF" }) is null) return;
        await TryAsync<ScanReport>($"{path}/receipts", new { barcodes = barcodes[..1], damaged = Random.Shared.Next(3) == 0 });
        if (barcodes.Length > 2) await TryAsync<ScanReport>($"{path}/receipts", new { barcodes = barcodes[Random.Shared.Next(1, 3)..] });
        await TryAsync<ShipmentView>($"{path}/close", new { });
    }

    private async Task ScanAsync(string action, params DeviceState[] states)
    {
        if (await AnyDeviceAsync(states) is { } barcode)
            await TryAsync<ScanReport>("/api/inventory/scans", new { action, barcodes = new[] { barcode }, locationId = _warehouse, why = "chance" });
    }

    /// <summary>The answer, or null where another was faster; any other refusal fails the test.</summary>
    private async Task<T?> TryAsync<T>(string path, object body)
    {
        var response = await HttpSteps.PostAsync(_logistics, path, body);
        if (response.IsSuccessStatusCode) return await response.ReadAsync<T>();
        var problem = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Conflict, $"{path}: {problem}");
        Assert.Contains(JsonSerializer.Deserialize<JsonElement>(problem).GetProperty("code").GetString(), MayLose);
        return default;
    }

    private Guid AnyFacility() => _facilities.ElementAt(Random.Shared.Next(_facilities.Count));

    private Task<string?> AnyDeviceAsync(params DeviceState[] states) => inventory.InDbAsync(db =>
        db.Devices.Where(d => states.Contains(d.State)).OrderBy(d => EF.Functions.Random()).Select(d => d.Barcode).FirstOrDefaultAsync());

    private Task AssertKitsAreWholeAsync() => inventory.InDbAsync(async db =>
    {
        await using var moment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var (kits, devices) = (await db.Kits.AsNoTracking().ToListAsync(), await db.Devices.AsNoTracking().ToListAsync());
        var (held, owed) = (devices.ToLookup(d => d.KitId), devices.ToLookup(d => d.LeftKitId));
        foreach (var kit in kits)
        {
            if (kit.IsLive) Assert.Equal(kit.Wants, PartsOf(held[kit.FacilityId]) + PartsOf(owed[kit.FacilityId]));
            else if (kit.Status != KitStatus.CalledBack) Assert.Empty(held[kit.FacilityId]);
            if (!kit.IsLive) Assert.Empty(owed[kit.FacilityId]);
        }
        Assert.All(devices.Where(d => d.State is DeviceState.Reserved), d => Assert.NotNull(d.KitId));

        var free = PartsOf(devices.Where(d => d.State == DeviceState.InStock));
        var unfilled = PartsOf(devices.Where(d => d.LeftKitId is not null));
        Assert.Equal(default, free - free.Without(unfilled));
        var next = kits.Where(k => k.Status == KitStatus.Waiting).AsQueryable().InOrder().FirstOrDefault();
        Assert.False(next is not null && free.Covers(next.Wants), $"{free} in stock, and {next?.Code} still waits");

        var histories = await db.DeviceEvents.GroupBy(e => e.DeviceId).Select(g => new { g.Key, Entries = g.Count(), Last = g.OrderBy(e => e.Seq).Last().ToState })
            .ToDictionaryAsync(h => h.Key);
        Assert.All(devices, d => Assert.Equal((d.HistoryLength, d.State), (histories[d.Id].Entries, histories[d.Id].Last)));
    });

    private static KitParts PartsOf(IEnumerable<Device> devices) =>
        devices.Aggregate(default(KitParts), (sum, d) => sum + (d.Kind == DeviceKind.Modem ? new(0, 1) : new(1, 0)));
}
