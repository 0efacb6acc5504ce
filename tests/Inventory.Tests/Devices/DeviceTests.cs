using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Tests.Donations;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Devices;

public class DeviceTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_registered_device_has_a_barcode_and_is_found_by_it_and_by_its_serial()
    {
        var serial = Some.Serial();

        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial, model = "OptiPlex 3050" });

        Assert.Equal(DeviceState.Received, device.State);
        Assert.Equal(device, await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{device.Barcode.ToLowerInvariant()}"));
        Assert.Equal(device, await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{serial}"));
    }

    [Fact]
    public async Task A_serial_that_is_known_already_is_refused_and_nothing_is_added()
    {
        var serial = Some.Serial();
        await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial });

        await _warehouse.PostAsync("/api/inventory/devices", new { kind = "laptop", serial = $" {serial.ToLowerInvariant()} " })
            .RefusesAsync(HttpStatusCode.Conflict, "serial_already_known");

        Assert.Equal(1, await inventory.InDbAsync(db => db.Devices.CountAsync(d => d.Serial == serial)));
    }

    [Theory]
    [InlineData("""{"kind":"toaster"}""", "request_not_readable")]
    [InlineData("""{"kind":"desktop","serial":"X1","memoryGb":-1}""", "validation_failed")]
    [InlineData("""{"kind":"desktop","serial":"X1","colour":"red"}""", "request_not_readable")]
    [InlineData("""{"kind":"desktop"}""", "serial_required")]
    [InlineData("""{"kind":"desktop","serial":"X1","locationId":"00000000-0000-0000-0000-000000000001"}""", "location_unknown")]
    [InlineData("""{"kind":""", "request_not_readable")]
    public async Task What_cannot_be_understood_is_a_coded_400(string body, string code) =>
        await _warehouse.PostAsync("/api/inventory/devices", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
            .RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_misread_label_is_told_apart_from_an_unknown_one()
    {
        await _warehouse.GetAsync("/api/inventory/devices/BC-000123-0").RefusesAsync(HttpStatusCode.BadRequest, "check_character_wrong");
        await _warehouse.GetAsync($"/api/inventory/devices/{Barcode.Of(99_999_999, "BC")}").RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
    }

    [Fact]
    public async Task Nobody_registers_a_device_without_the_right_role_or_scope()
    {
        var device = new { kind = "desktop", serial = Some.Serial() };
        await inventory.Anonymous().PostAsync("/api/inventory/devices", device).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await inventory.As(Roles.Employer).PostAsync("/api/inventory/devices", device).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.WithScope("inventory.read").PostAsync("/api/inventory/devices", device).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.WithScope("inventory.read inventory.write").PostAsync<DeviceView>("/api/inventory/devices", device);
    }

    [Fact]
    public async Task An_expired_a_foreign_and_a_mis_addressed_token_open_nothing()
    {
        await using var stranger = await TestIssuer.StartAsync();
        foreach (var token in new[]
        {
            inventory.Issuer.Token("a", Roles.Logistics, validFor: TimeSpan.FromMinutes(-5)),
            inventory.Issuer.Token("a", Roles.Logistics, audience: "somebody-else"),
            stranger.Token("a", Roles.Logistics),
        })
            await inventory.WithToken(token).GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_correction_needs_the_etag_and_a_fresh_one()
    {
        var created = await _warehouse.PostAsync("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() });
        var (address, etag) = (created.Headers.Location!.ToString(), created.Headers.ETag!.Tag);
        var correction = new { model = "EliteDesk", why = "read the plate again" };

        await _warehouse.PutAsync(address, correction, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal("EliteDesk", (await (await _warehouse.PutAsync(address, correction, etag)).ReadAsync<DeviceView>()).Model);
        await _warehouse.PutAsync(address, correction, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");

        var history = await _warehouse.GetAsync<List<DeviceEventView>>(address + "/history");
        Assert.Equal(["registered by hand", "read the plate again"], history.Select(h => h.Why));
    }

    [Fact]
    public async Task The_same_idempotency_key_registers_once_and_another_body_under_it_is_refused()
    {
        var (key, device) = (Guid.NewGuid().ToString(), new { kind = "desktop", serial = Some.Serial() });

        var first = await (await _warehouse.PostOnceAsync("/api/inventory/devices", device, key)).ReadAsync<DeviceView>();
        var again = await _warehouse.PostOnceAsync("/api/inventory/devices", device, key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first, await again.ReadAsync<DeviceView>());
        await _warehouse.PostOnceAsync("/api/inventory/devices", device with { serial = Some.Serial() }, key)
            .RefusesAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task Many_scans_in_one_request_get_an_answer_each_and_the_good_ones_are_done()
    {
        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "desktop", serial = Some.Serial() });

        var report = await _warehouse.PostAsync<ScanReport>("/api/inventory/scans",
            new { action = "triage", barcodes = new[] { device.Barcode, "BC-000123-0", "hello", Barcode.Of(88_888_888, "BC").ToString(), device.Barcode + "\r" } });

        Assert.Equal([null, "check_character_wrong", "not_a_barcode", "barcode_unknown", "scanned_twice"], report.Results.Select(r => r.Code));
        Assert.Equal((1, 4), (report.Done, report.Refused));
        Assert.Equal(DeviceState.Triaged, (await _warehouse.GetAsync<DeviceView>($"/api/inventory/devices/{device.Barcode}")).State);
    }

    [Fact]
    public async Task The_list_pages_through_everything_once()
    {
        var donation = (await inventory.AcceptedDonationAsync()).Id;
        await inventory.InDbAsync(async db =>
        {
            foreach (var number in await db.NextDeviceNumbersAsync(7, CancellationToken.None))
            {
                var device = Device.Receive(Barcode.Of(number, "BC"), DeviceKind.Laptop, Some.Serial(), StorageKind.Ssd, null, new Act("test", inventory.Clock.GetUtcNow()));
                device.DonationId = donation;
                db.Add(device);
            }
            await db.SaveChangesAsync();
        });

        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await _warehouse.GetAsync<Postgres.Page<DeviceView>>($"/api/inventory/devices?donationId={donation}&kind=Laptop&limit=3{(after == "" ? "" : "&after=" + after)}");
            seen.AddRange(page.Items.Select(d => d.Barcode));
            after = page.Next;
        }

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
        await _warehouse.GetAsync("/api/inventory/devices?limit=1000").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _warehouse.GetAsync("/api/inventory/devices?after=nonsense").RefusesAsync(HttpStatusCode.BadRequest, "after_not_valid");
    }

    [Fact]
    public async Task A_device_that_is_not_here_is_not_put_elsewhere()
    {
        var (here, lost) = (await RegisterAsync(), await RegisterAsync());
        await _warehouse.PostAsync<ScanReport>("/api/inventory/scans", new { action = "Lose", barcodes = new[] { lost }, why = "not found" });

        var report = await _warehouse.PostAsync<ScanReport>("/api/inventory/scans",
            new { action = "Relocate", barcodes = new[] { here, lost }, locationId = await inventory.LocationAsync() });

        Assert.Equal([null, "state_forbids"], report.Results.Select(r => r.Code));

        async Task<string> RegisterAsync() => (await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "Desktop", serial = Some.Serial() })).Barcode;
    }
}
