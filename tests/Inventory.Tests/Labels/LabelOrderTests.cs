using System.Net;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Testing;

namespace BetterConnections.Inventory.Tests.Labels;

public class LabelOrderTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    [Fact]
    public async Task Labels_are_printed_as_a_pdf_sheet_or_for_a_label_printer()
    {
        var device = await _warehouse.PostAsync<DeviceView>("/api/inventory/devices", new { kind = "Desktop", serial = Some.Serial() });

        var pdf = await _warehouse.PostAsync("/api/inventory/labels", new { barcodes = new[] { device.Barcode } });
        var zpl = await _warehouse.PostAsync("/api/inventory/labels", new { barcodes = new[] { device.Barcode }, format = "Zpl" });

        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync()));
        Assert.Contains(device.Barcode, await zpl.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task All_devices_at_a_location_are_labelled_in_the_form_that_is_accepted()
    {
        var location = await inventory.LocationAsync();
        var shelf = await inventory.PutOnTheShelfAsync(3, locationId: location);
        Task<HttpResponseMessage> GetAsync(string query, string accept) =>
            _warehouse.SendAsync(new(HttpMethod.Get, "/api/inventory/labels?" + query) { Headers = { Accept = { new(accept) } } });

        var zpl = await (await GetAsync($"locationId={location}", "application/zpl")).Content.ReadAsStringAsync();
        var pdf = await GetAsync($"barcodes={shelf[0]}&barcodes={shelf[1]}&used=2", "application/pdf");

        Assert.All(shelf, barcode => Assert.Contains(barcode, zpl));
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        Assert.Equal([$"CODE-128:{shelf[0]}", $"QR-Code:{shelf[0]}"], Scanner.Codes(await pdf.Content.ReadAsByteArrayAsync(), 1, 140, 0.5, 70, 37));
        await GetAsync($"locationId={location}", "text/html").RefusesAsync(HttpStatusCode.NotAcceptable, "not_acceptable");
        await GetAsync($"locationId={location}&used=24", "*/*").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await GetAsync($"locationId={location}&donationId={location}", "*/*").RefusesAsync(HttpStatusCode.BadRequest, "label_order_not_valid");
    }

    [Fact]
    public async Task No_label_is_printed_for_what_is_not_there()
    {
        await _warehouse.PostAsync("/api/inventory/labels", new { barcodes = new[] { Barcode.Of(77_777_777, "BC").ToString() } }).RefusesAsync(HttpStatusCode.NotFound, "barcode_unknown");
        await _warehouse.PostAsync("/api/inventory/labels", new { barcodes = new[] { "BC-000123-0" } }).RefusesAsync(HttpStatusCode.BadRequest, "check_character_wrong");
        await _warehouse.PostAsync("/api/inventory/labels", new { }).RefusesAsync(HttpStatusCode.BadRequest, "label_order_not_valid");
        await _warehouse.PostAsync("/api/inventory/labels", new { donationId = Guid.NewGuid() }).RefusesAsync(HttpStatusCode.NotFound, "no_devices");
        await inventory.As(Roles.Club).PostAsync("/api/inventory/labels", new { barcodes = new[] { "BC-1" } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
