using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Locations;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using static BetterConnections.Inventory.Tests.Donations.DonationSteps;
using static BetterConnections.Inventory.Tests.Donations.Workbooks;

namespace BetterConnections.Inventory.Tests.Donations;

public class ImportTests(InventoryApp inventory)
{
    private readonly HttpClient _office = inventory.As(Roles.ProgrammeOffice);

    private Task<List<Device>> DevicesAsync(Guid donation) =>
        inventory.InDbAsync(db => db.Devices.AsNoTracking().Where(d => d.DonationId == donation).OrderBy(d => d.Number).ToListAsync());

    [Fact]
    public async Task A_workbook_with_Arabic_headings_becomes_devices_with_all_that_it_says()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var (desktop, modem) = (Some.Serial(), Some.Serial());
        using var workbook = Workbook([(1, [Text("الرقم التسلسلي"), Text("النوع"), Text("الطراز"), Text("القرص"), Text("الذاكرة"), Text("القيمة"), Text("ملاحظات"), Text("الموقع")]),
            (2, [Text(desktop), Text("حاسوب مكتبي"), Text("OptiPlex"), Text("256 GB SSD"), Text("٨ جيجا"), Number(350.5), Text("=1+1"), Text("الطابق ٣")]),
            (3, [Text(modem), Text("مودم")])]);

        var report = await _office.ImportAsync(donation.Id, File(workbook.ToArray(), Xlsx), "fileName=list.xlsx");

        Assert.Equal((2, 2), (report.Rows, report.Accepted));
        var devices = await DevicesAsync(donation.Id);
        Assert.Equal([(desktop, DeviceKind.Desktop, StorageKind.Ssd, 256, 8, 350.5m, "=1+1 · الطابق ٣"), (modem, DeviceKind.Modem, StorageKind.None, null, null, null, null)],
            devices.Select(d => (d.Serial!, d.Kind, d.Storage, d.StorageGb, d.MemoryGb, d.BookValue, d.Notes)));
        Assert.All(devices, d => Assert.Equal(Barcode.Of(d.Number, "BC").ToString(), d.Barcode));
        Assert.All(devices, d => Assert.Equal(donation.WarehouseId, d.LocationId));
        var history = await _office.GetAsync<List<DeviceEventView>>($"/api/inventory/devices/{desktop}/history");
        Assert.Equal("manifest list.xlsx", Assert.Single(history).Why);
    }

    [Theory]
    [InlineData("desktop", "", StorageKind.Unknown)]
    [InlineData("desktop", "500", StorageKind.Unknown)]
    [InlineData("laptop", "1 TB HDD", StorageKind.Hdd)]
    [InlineData("laptop", "256GB SSD + 1TB HDD", StorageKind.Unknown)]
    [InlineData("monitor", "", StorageKind.None)]
    [InlineData("printer", "", StorageKind.None)]
    [InlineData("printer", "80 GB HDD", StorageKind.Hdd)]
    [InlineData("other", "", StorageKind.Unknown)]
    public async Task What_a_wipe_will_have_to_deal_with_follows_from_kind_and_medium(string kind, string storage, StorageKind expected)
    {
        var donation = await inventory.AcceptedDonationAsync();
        await _office.ImportAsync(donation.Id, Csv($"Serial,Kind,Storage\n{Some.Serial()},{kind},{storage}\n"));
        Assert.Equal(expected, Assert.Single(await DevicesAsync(donation.Id)).Storage);
    }

    [Fact]
    public async Task A_row_without_a_kind_is_what_the_request_says_or_is_refused()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var csv = $"Serial,Model\n{Some.Serial()},T460\n";
        Assert.Equal(1, (await _office.ImportAsync(donation.Id, Csv(csv), "dryRun=true")).Rejected["kind_required"]);
        Assert.Equal(1, (await _office.ImportAsync(donation.Id, Csv(csv), "kind=Laptop")).Accepted);
        Assert.Equal(DeviceKind.Laptop, Assert.Single(await DevicesAsync(donation.Id)).Kind);
    }

    [Fact]
    public async Task A_form_with_one_file_is_an_upload_too_and_names_the_file()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var csv = Csv($"Serial,Kind\n{Some.Serial()},desktop\n");
        var report = await _office.ImportAsync(donation.Id, new MultipartFormDataContent { { new StringContent("hello"), "note" }, { csv, "file", "our list.csv" } });

        Assert.Equal(1, report.Accepted);
        var import = await _office.GetAsync<ImportDetails>($"/api/inventory/donations/{donation.Id}/imports/{report.ImportId}");
        Assert.Equal("our list.csv", import.Import.FileName);
        await _office.SendManifestAsync(donation.Id, new MultipartFormDataContent { { new StringContent("a"), "file", "a.csv" }, { new StringContent("b"), "file", "b.csv" } })
            .RefusesAsync(HttpStatusCode.BadRequest, "more_than_one_file");
        await _office.SendManifestAsync(donation.Id, new MultipartFormDataContent { { new StringContent("hello"), "note" } })
            .RefusesAsync(HttpStatusCode.BadRequest, "file_missing");
    }

    [Fact]
    public async Task The_rejected_rows_come_back_as_a_file_that_runs_no_formula_and_imports_once_it_is_mended()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var (good, mended) = (Some.Serial(), Some.Serial());
        var report = await _office.ImportAsync(donation.Id,
            Csv($"Serial,Kind,Value,Notes\n{good},desktop,100,fine\n{mended},laptop,-5,\"=HYPERLINK(\"\"x\"\")\"\n,laptop,7,none\n"));
        Assert.Equal((3, 1), (report.Rows, report.Accepted));

        var response = await _office.GetAsync($"/api/inventory/donations/{donation.Id}/imports/{report.ImportId}/errors.csv");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var csv = await response.Content.ReadAsStringAsync();
        Assert.Contains($"\r\n3,Value: A number below zero makes no sense here.,{mended},laptop,'-5,\"'=HYPERLINK(\"\"x\"\")\"\r\n", csv);
        Assert.Contains("\r\n4,Serial: Every device needs its serial number.,", csv);
        Assert.DoesNotContain(good, csv);

        var again = await _office.ImportAsync(donation.Id, Csv(csv.Replace("'-5", "5")));
        Assert.Equal((2, 1, 1), (again.Rows, again.Accepted, again.Rejected["serial_required"]));
        var device = (await DevicesAsync(donation.Id)).Single(d => d.Serial == mended);
        Assert.Equal((5m, "=HYPERLINK(\"x\")"), (device.BookValue, device.Notes));
    }

    [Fact]
    public async Task Another_donor_sees_neither_the_imports_nor_their_errors()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var report = await _office.ImportAsync(donation.Id, Csv("Serial,Kind\nN/A,desktop\n"));
        var (itself, other) = (inventory.As(Roles.Donor, donation.DonorId), inventory.As(Roles.Donor, Guid.NewGuid()));
        foreach (var part in new[] { $"/{report.ImportId}", $"/{report.ImportId}/errors.csv" })
        {
            Assert.Equal(HttpStatusCode.OK, (await itself.GetAsync($"/api/inventory/donations/{donation.Id}/imports{part}")).StatusCode);
            await other.GetAsync($"/api/inventory/donations/{donation.Id}/imports{part}").RefusesAsync(HttpStatusCode.NotFound, "donation_unknown");
        }
        await itself.GetAsync($"/api/inventory/donations/{donation.Id}/imports/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "import_unknown");
    }

    [Fact]
    public async Task Who_may_not_import_and_where_to_is_refused()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var csv = $"Serial,Kind\n{Some.Serial()},desktop\n";
        await inventory.As(Roles.Club, Guid.NewGuid()).SendManifestAsync(donation.Id, Csv(csv)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.WithScope("inventory.read").SendManifestAsync(donation.Id, Csv(csv)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.SendManifestAsync(donation.Id, Csv(csv), $"locationId={Guid.NewGuid()}").RefusesAsync(HttpStatusCode.BadRequest, "warehouse_unknown");
        await _office.SendManifestAsync(donation.Id, Csv(csv), $"locationId={await inventory.LocationAsync(LocationKind.Club)}").RefusesAsync(HttpStatusCode.BadRequest, "warehouse_unknown");
        await _office.SendManifestAsync(donation.Id, File([1], "application/json")).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.Equal(1, (await inventory.WithScope("inventory.write").ImportAsync(donation.Id, Csv(csv))).Accepted);
    }

    public static TheoryData<string, byte[], HttpStatusCode> Unreadable => new()
    {
        { "file_empty", [], HttpStatusCode.BadRequest },
        { "file_empty", "Serial,Kind\n"u8.ToArray(), HttpStatusCode.BadRequest },
        { "column_missing", "Model,Kind\nT460,laptop\n"u8.ToArray(), HttpStatusCode.BadRequest },
        { "file_not_readable", "Serial,Kind\nS1,\"desktop\nS2,laptop\n"u8.ToArray(), HttpStatusCode.BadRequest },
        { "file_not_readable", [0x7F, 0x45, 0x4C, 0x46, 0, 1, 2], HttpStatusCode.BadRequest },
        { "file_not_readable", [0x50, 0x4B, 0x03, 0x04, 1, 2, 3, 4], HttpStatusCode.BadRequest },
        { "encoding_unknown", [.. "Serial,Notes\nS1,"u8, 0xEF, 0x81, (byte)'a', 0x90, (byte)'b', 0xFF, (byte)'\n'], HttpStatusCode.BadRequest },
        { "file_too_large", Workbook([(1, [Text("Serial")]), (2, [Text("S1")]), (1_048_576, [Text("S2")])]).ToArray(), HttpStatusCode.RequestEntityTooLarge },
        { "file_too_large", Workbooks.Unpacking(toMegabytes: 300), HttpStatusCode.RequestEntityTooLarge },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public async Task A_file_that_cannot_be_read_is_a_coded_refusal_and_leaves_nothing(string code, byte[] content, HttpStatusCode status)
    {
        var donation = await inventory.AcceptedDonationAsync();
        await _office.SendManifestAsync(donation.Id, File(content, "application/octet-stream"), "kind=Desktop").RefusesAsync(status, code);
        Assert.Empty(await DevicesAsync(donation.Id));
        Assert.Equal(0, await inventory.InDbAsync(db => db.ManifestImports.CountAsync(i => i.DonationId == donation.Id)));
    }

    [Fact]
    public async Task Half_a_character_in_a_workbook_is_replaced_and_a_zero_left_out()
    {
        var donation = await inventory.AcceptedDonationAsync();
        using var workbook = Workbook([(1, [Text("Serial"), Text("Kind"), Text("Model")]), (2, [Text(Some.Serial()), Text("desktop"), Text("a_xD800_b_x0000_c")])]);
        await _office.ImportAsync(donation.Id, File(workbook.ToArray(), Xlsx));
        Assert.Equal("a\uFFFDbc", Assert.Single(await DevicesAsync(donation.Id)).Model);
    }

    [Fact]
    public async Task A_stray_cell_in_the_last_column_does_no_harm()
    {
        var donation = await inventory.AcceptedDonationAsync();
        var stray = Text("stray");
        stray.CellReference = "XFD2";
        using var workbook = Workbook([(1, [Text("Serial"), Text("Kind")]), (2, [Text(Some.Serial()), Text("desktop"), stray])]);
        Assert.Equal(1, (await _office.ImportAsync(donation.Id, File(workbook.ToArray(), Xlsx))).Accepted);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_a_coded_413()
    {
        var donation = await inventory.AcceptedDonationAsync();
        foreach (var lengthKnown in new[] { true, false })
        {
            var content = new StreamContent(new EndlessFile(60_000_000)) { Headers = { ContentType = new("text/csv"), ContentLength = lengthKnown ? 60_000_000 : null } };
            await _office.SendManifestAsync(donation.Id, content).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        }
    }
}
