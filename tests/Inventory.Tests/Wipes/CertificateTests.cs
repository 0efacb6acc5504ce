using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Tests.Donations;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests.Wipes;

public class CertificateTests(InventoryApp inventory)
{
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    private async Task<(string Address, WipeView Wipe)> CertifiedAsync(string? wipedBy = null)
    {
        var device = (await inventory.TriagedAsync()).Single();
        var report = await _warehouse.WipeAsync(Bench.Record(device.Barcode, wipedBy: wipedBy));
        var wipe = Assert.Single(await _warehouse.GetAsync<List<WipeView>>($"/api/inventory/devices/{device.Barcode}/wipes"));
        return ($"/api/inventory/wipes/{report.Results[0].WipeId}/certificate", wipe);
    }

    [Fact]
    public async Task Anyone_can_check_a_certificate_by_its_hash_and_one_byte_altered_is_unknown()
    {
        var (address, wipe) = await CertifiedAsync();
        var bytes = await (await _warehouse.GetAsync(address)).Content.ReadAsByteArrayAsync();
        static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

        var issued = await inventory.Anonymous().GetAsync<IssuedCertificate>($"/api/inventory/certificates/{Hash(bytes)}");

        Assert.Equal((Hash(bytes), wipe.Certificate), (issued.Hash, issued.Hash));
        Assert.Equal(JsonSerializer.Deserialize<JsonElement>(bytes).ToString(), issued.Certificate.ToString());
        Assert.Equal(("Purge", wipe.MediaSerial), (issued.Certificate.GetProperty("method").GetString(), issued.Certificate.GetProperty("mediaSerial").GetString()));
        bytes[^3] ^= 1;
        await inventory.Anonymous().GetAsync($"/api/inventory/certificates/{Hash(bytes)}").RefusesAsync(HttpStatusCode.NotFound, "certificate_unknown");
        await inventory.Anonymous().GetAsync("/api/inventory/certificates/nonsense").RefusesAsync(HttpStatusCode.NotFound, "certificate_unknown");
    }

    [Fact]
    public async Task The_certificate_is_canonical_and_names_nobody()
    {
        var (address, _) = await CertifiedAsync(wipedBy: "account-of-fatima");
        var text = await _warehouse.GetStringAsync(address);

        var names = JsonSerializer.Deserialize<JsonElement>(text).EnumerateObject().Select(p => p.Name).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.DoesNotContain("\": ", text);
        Assert.DoesNotContain("fatima", text);
        Assert.Contains("\"startedAt\":\"2025-11-20T05:00:00Z\"", text);
        Assert.Contains("\"durationSeconds\":5400", text);
    }

    [Fact]
    public async Task It_comes_as_a_page_to_print_and_as_a_pdf_with_the_same_facts()
    {
        var (address, wipe) = await CertifiedAsync();
        foreach (var (path, accept) in new[] { (address, "text/html"), (address + ".html", "*/*") })
        {
            var answer = await _warehouse.SendAsync(new(HttpMethod.Get, path) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } });
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(wipe.MediaSerial!, page);
            Assert.Contains(wipe.Certificate!, page);
            Assert.Contains("<svg", page);
        }
        foreach (var (path, accept) in new[] { (address, "application/pdf"), (address + ".pdf", "*/*") })
        {
            var answer = await _warehouse.SendAsync(new(HttpMethod.Get, path) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } });
            Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
            var text = PdfText(await answer.Content.ReadAsByteArrayAsync());
            Assert.Contains(wipe.MediaSerial!, text);
            Assert.Contains("Samsung (SSD) 860", text);
            Assert.Contains("SHA-256 " + wipe.Certificate, text);
        }
    }

    [Fact]
    public async Task The_QR_code_of_the_pdf_leads_to_the_check()
    {
        var (address, wipe) = await CertifiedAsync();
        var pdf = await _warehouse.GetByteArrayAsync(address + ".pdf");
        Assert.Equal([$"QR-Code:http://localhost/api/inventory/certificates/{wipe.Certificate}"], Labels.Scanner.Codes(pdf, 1, 10, 250, 50, 45));
    }

    [Fact]
    public async Task A_failed_wipe_an_unknown_one_a_stranger_and_another_form_get_none()
    {
        var device = (await inventory.TriagedAsync()).Single();
        var failed = (await _warehouse.WipeAsync(Bench.Record(device.Barcode, status: WipeStatus.Failed))).Results[0].WipeId;
        var (address, _) = await CertifiedAsync();
        await _warehouse.GetAsync($"/api/inventory/wipes/{failed}/certificate").RefusesAsync(HttpStatusCode.NotFound, "certificate_not_issued");
        await _warehouse.GetAsync($"/api/inventory/wipes/{Guid.NewGuid()}/certificate").RefusesAsync(HttpStatusCode.NotFound, "wipe_unknown");
        await inventory.As(Roles.Club, Guid.NewGuid()).GetAsync(address).RefusesAsync(HttpStatusCode.NotFound, "wipe_unknown");
        await inventory.Anonymous().GetAsync(address).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await _warehouse.SendAsync(new(HttpMethod.Get, address) { Headers = { Accept = { new("image/png") } } }).RefusesAsync(HttpStatusCode.NotAcceptable, "not_acceptable");
    }

    [Fact]
    public async Task A_donor_reads_the_certificates_of_what_it_gave_and_of_nothing_else()
    {
        var (donation, others) = (await inventory.AcceptedDonationAsync(), await inventory.AcceptedDonationAsync());
        var (donor, other) = (inventory.As(Roles.Donor, donation.DonorId), inventory.As(Roles.Donor, others.DonorId));
        var devices = await inventory.TriagedAsync(2);
        var barcodes = devices.Select(d => d.Barcode).ToList();
        await inventory.InDbAsync(db => db.Devices.Where(d => barcodes.Contains(d.Barcode)).ExecuteUpdateAsync(d => d.SetProperty(x => x.DonationId, donation.Id)));
        await _warehouse.WipeAsync(Bench.Record(barcodes[0]));
        await _warehouse.WipeAsync(Bench.Record(barcodes[1], status: WipeStatus.Failed));
        await CertifiedAsync(); // of nobody's donation

        var listed = Assert.Single((await donor.GetAsync<Page<DonatedCertificateView>>($"/api/inventory/donations/{donation.Id}/certificates")).Items);

        var wipe = Assert.Single(await _warehouse.GetAsync<List<WipeView>>($"/api/inventory/devices/{barcodes[0]}/wipes"));
        Assert.Equal((wipe.Id, barcodes[0], wipe.MediaSerial, wipe.Method, wipe.Certificate), (listed.WipeId, listed.Barcode, listed.MediaSerial, listed.Method, listed.Certificate));
        var pdf = $"/api/inventory/wipes/{listed.WipeId}/certificate.pdf";
        Assert.Contains("SHA-256 " + wipe.Certificate, PdfText(await donor.GetByteArrayAsync(pdf)));
        await other.GetAsync(pdf).RefusesAsync(HttpStatusCode.NotFound, "wipe_unknown");
        await other.GetAsync($"/api/inventory/donations/{donation.Id}/certificates").RefusesAsync(HttpStatusCode.NotFound, "donation_unknown");
        Assert.Empty((await other.GetAsync<Page<DonatedCertificateView>>($"/api/inventory/donations/{others.Id}/certificates")).Items);
        await inventory.As(Roles.Club, Guid.NewGuid()).GetAsync($"/api/inventory/donations/{donation.Id}/certificates").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static string PdfText(byte[] pdf)
    {
        using var program = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        program.StandardInput.BaseStream.Write(pdf);
        program.StandardInput.Close();
        var text = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
        return text;
    }
}
