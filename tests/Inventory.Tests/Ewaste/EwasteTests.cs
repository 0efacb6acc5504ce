using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Ewaste;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Ewaste;

public class EwasteTests(InventoryApp inventory)
{
    private const string Ewaste = "/api/inventory/ewaste";
    private readonly HttpClient _logistics = inventory.As(Roles.Logistics);
    private readonly Guid _organisation = Guid.NewGuid();

    [Fact]
    public async Task Retired_devices_are_fetched_and_recycled_with_weight_and_certificate()
    {
        var (batch, recycler) = await OpenAsync();
        var retired = await RetiredAsync(3);
        Assert.Equal(3, (await ScanAsync(batch, [.. retired])).Done);
        await ScanAsync(batch, retired[0]); // scanned again
        await _logistics.PostAsync<EwasteBatchView>($"{Ewaste}/{batch}/hand-over");
        Assert.Equal((DeviceState.Retired, recycler), ((await inventory.DeviceAsync(retired[0])).State, (await inventory.DeviceAsync(retired[0])).LocationId!.Value));
        await _logistics.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Lose", barcodes = new[] { retired[2] }, why = "fell off the lorry" });

        var confirmed = await Recycler().PostAsync<EwasteBatchView>($"{Ewaste}/{batch}/confirm", new { weightKg = 17.25, certificate = "AHE-2041" });

        Assert.Equal((EwasteStatus.Recycled, 2, 17.25m, "AHE-2041"), (confirmed.Status, confirmed.Devices, confirmed.WeightKg, confirmed.Certificate));
        await inventory.Broker.HeardAsync<DevicesRecycled>(e => e.BatchId == batch && e is { Devices: 2, WeightKg: 17.25m });
        Assert.Equal([DeviceState.Recycled, DeviceState.Lost], [(await inventory.DeviceAsync(retired[0])).State, (await inventory.DeviceAsync(retired[2])).State]);
        await Recycler().PostAsync($"{Ewaste}/{batch}/confirm", new { weightKg = 1, certificate = "again" }).RefusesAsync(HttpStatusCode.Conflict, "batch_status_forbids");
        Assert.Equal(2, (await Recycler().GetAsync<Postgres.Page<EwasteItemView>>($"{Ewaste}/{batch}/devices")).Items.Count);
    }

    [Fact]
    public async Task What_may_still_hold_data_goes_only_where_its_destruction_is_agreed()
    {
        var unwiped = await RetiredAsync(1, DeviceState.Triaged);
        var usedSince = await RetiredAsync(1, DeviceState.Triaged, DeviceState.Wiped, DeviceState.Refurbished, DeviceState.Licensed, DeviceState.InStock,
            DeviceState.Reserved, DeviceState.InTransit, DeviceState.Deployed, DeviceState.Returned);
        var (batch, _) = await OpenAsync();
        var (destroying, _) = await OpenAsync(destructionAgreed: true);

        Assert.Equal(["wipe_missing", "wipe_missing"], (await ScanAsync(batch, unwiped[0], usedSince[0])).Results.Select(r => r.Code));
        Assert.Equal([null, null], (await ScanAsync(destroying, unwiped[0], usedSince[0])).Results.Select(r => r.Code));
    }

    [Fact]
    public async Task Only_retired_devices_go_and_each_into_one_batch()
    {
        var retired = (await RetiredAsync(1)).Single();
        var stocked = (await inventory.PutOnTheShelfAsync(1, DeviceKind.Monitor)).Single();
        var ((first, _), (second, _)) = (await OpenAsync(), await OpenAsync());
        await _logistics.PostAsync($"{Ewaste}/{first}/hand-over", new { }).RefusesAsync(HttpStatusCode.Conflict, "batch_empty");
        await ScanAsync(first, retired);

        Assert.Equal(["in_another_batch", "not_retired"], (await ScanAsync(second, retired, stocked)).Results.Select(r => r.Code));
    }

    [Fact]
    public async Task A_recycler_sees_and_confirms_its_own_batches_only()
    {
        var (batch, recycler) = await OpenAsync();
        var stranger = inventory.As(Roles.Recycler, organisation: Guid.NewGuid());

        Assert.Equal([batch], (await Recycler().GetAsync<Postgres.Page<EwasteBatchView>>(Ewaste)).Items.Select(b => b.Id));
        await stranger.GetAsync($"{Ewaste}/{batch}").RefusesAsync(HttpStatusCode.NotFound, "batch_unknown");
        await stranger.PostAsync($"{Ewaste}/{batch}/confirm", new { weightKg = 3, certificate = "mine" }).RefusesAsync(HttpStatusCode.NotFound, "batch_unknown");
        await Recycler().PostAsync($"{Ewaste}/{batch}/confirm", new { weightKg = 3, certificate = "early" }).RefusesAsync(HttpStatusCode.Conflict, "batch_status_forbids");
        await Recycler().PostAsync($"{Ewaste}/{batch}/confirm", new { weightKg = -3, certificate = "mine" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await inventory.As(Roles.Recycler).GetAsync(Ewaste).RefusesAsync(HttpStatusCode.Forbidden, "organisation_missing");
        await Recycler().PostAsync(Ewaste, new { recyclerId = recycler }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _logistics.PostAsync(Ewaste, new { recyclerId = await inventory.LocationAsync() }).RefusesAsync(HttpStatusCode.BadRequest, "not_a_recycler");
    }

    private HttpClient Recycler() => inventory.As(Roles.Recycler, organisation: _organisation);

    private async Task<(Guid Batch, Guid Recycler)> OpenAsync(bool destructionAgreed = false)
    {
        var recycler = await inventory.LocationAsync(LocationKind.Recycler, _organisation);
        return ((await _logistics.PostAsync<EwasteBatchView>(Ewaste, new { recyclerId = recycler, destructionAgreed })).Id, recycler);
    }

    private Task<ScanReport> ScanAsync(Guid batch, params string[] barcodes) => _logistics.PostAsync<ScanReport>($"{Ewaste}/{batch}/scan", new { barcodes });

    /// <summary>Computers retired after <paramref name="way"/>; wiped, unless a way is given.</summary>
    private Task<List<string>> RetiredAsync(int count, params DeviceState[] way) => inventory.InDbAsync(async db =>
    {
        var act = new Act("test", inventory.Clock.GetUtcNow(), "worn out");
        var barcodes = new List<string>();
        foreach (var number in await db.NextDeviceNumbersAsync(count, CancellationToken.None))
        {
            var device = Device.Receive(Barcode.Of(number, "BC"), DeviceKind.Desktop, Some.Serial(), StorageKind.Hdd, null, act);
            foreach (var state in way.Length > 0 ? way : [DeviceState.Triaged, DeviceState.Wiped])
                if (state == DeviceState.Wiped) device.SettleWipe(WipeStanding.Purge, act);
                else device.Move(state, act);
            device.Move(DeviceState.Retired, act);
            db.Add(device);
            barcodes.Add(device.Barcode);
        }
        await db.SaveChangesAsync();
        return barcodes;
    });
}
