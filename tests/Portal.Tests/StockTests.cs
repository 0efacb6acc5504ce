using System.Text;
using System.Web;

namespace BetterConnections.Portal.Tests;

/// <summary>What is in the warehouse, and what the books say of it. Screens and printers, since computers and modems are set aside for who waits for a kit.</summary>
public class StockTests(Portal portal) : PortalTest(portal)
{
    private const string Api = "/api/inventory";

    [Fact]
    public async Task The_list_of_devices_is_searched_and_filtered_and_its_address_keeps_the_filter()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var place = await PlaceAsync(warehouse);
        var devices = await warehouse.StockAsync(place.Id, "Monitor", "Monitor", "Printer");
        var page = await AsAsync(warehouse);
        await page.GotoAsync("/stock");

        var rows = page.Locator("tbody tr");
        await page.GetByLabel("Place").SelectOptionAsync($"{place.Id}");
        await Expect(rows).ToHaveCountAsync(3);
        await page.GetByLabel("Kind").SelectOptionAsync("Monitor");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(page.GetByText("2 devices", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(2, await Books.OneAsync<long>("inventory", $"select count(*) from devices where location_id = '{place.Id}' and kind = 'Monitor'"));
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(2);

        await page.GotoAsync("/stock");
        await page.GetByLabel("Beginning of a barcode or serial").FillAsync(devices[2].Serial!);
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = devices[2].Barcode }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync(devices[2].Barcode);
        await Expect(page.Locator(".timeline li")).ToHaveCountAsync((int)await Books.OneAsync<long>("inventory",
            $"select count(*) from device_events e join devices d on d.id = e.device_id where d.barcode = '{devices[2].Barcode}'"));
    }

    [Fact]
    public async Task What_is_counted_is_compared_with_the_books_which_change_only_when_the_hand_says_so()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var (here, elsewhere) = (await PlaceAsync(warehouse), await PlaceAsync(warehouse));
        var devices = await warehouse.StockAsync(here.Id, "Monitor", "Monitor", "Monitor");
        var stray = (await warehouse.StockAsync(elsewhere.Id, "Monitor"))[0];
        var page = await AsAsync(warehouse);
        await page.GotoAsync("/counts");
        await page.GetByLabel("Where do you count?").SelectOptionAsync($"{here.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin to count" }).ClickAsync();
        await Expect(page.GetByText("Ready. Scan the first label.")).ToBeVisibleAsync();
        var count = HttpUtility.ParseQueryString(new Uri(page.Url).Query)["count"];
        foreach (var device in (Device[])[devices[0], devices[1], stray]) await page.BeepAsync(device);
        await Expect(page.GetByText("3 done")).ToBeVisibleAsync();

        await page.GotoAsync($"/counts/{count}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close and compare" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Has everything there been scanned?" }).GetByRole(AriaRole.Button, new() { Name = "Close and compare" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = devices[2].Barcode })).ToContainTextAsync("Missing");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = stray.Barcode })).ToContainTextAsync("Not expected here");
        Assert.Equal(["Matched", "Matched", "Missing", "Unexpected"], await Books.ColumnAsync<string>("inventory", $"select finding from stock_count_lines where stock_count_id = '{count}' order by finding"));
        Assert.Equal("InStock", await StateOfAsync(devices[2]));

        await page.GetByLabel("Why").FillAsync("counted twice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the books say so" }).ClickAsync();
        await Expect(page.GetByText("The books say what was counted.")).ToBeVisibleAsync();
        Assert.Equal("Lost", await StateOfAsync(devices[2]));
        Assert.Equal(here.Id, await Books.OneAsync<Guid>("inventory", $"select location_id from devices where barcode = '{stray.Barcode}'"));
        Assert.Equal("counted twice", await Books.OneAsync<string>("inventory", $"select reason from stock_counts where id = '{count}' and applied_at is not null"));
    }

    [Fact]
    public async Task A_log_of_nwipe_wipes_the_computer_on_the_bench_once_however_often_it_is_taken_in()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var device = await warehouse.PostAsync<Device>($"{Api}/devices", new { kind = "Desktop", serial = $"P{Guid.NewGuid():n}", storage = "Hdd" });
        await warehouse.ScanAsync("Triage", [device]);
        var drive = $"WD{Guid.NewGuid():n}"[..16].ToUpperInvariant();
        var page = await AsAsync(warehouse);
        await page.GotoAsync("/wipe-log");
        await page.GetByLabel("Log file").SetInputFilesAsync(new FilePayload { Name = "nwipe.log", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(Log(drive)) });
        await page.GetByLabel("Barcode of the computer on the bench").FillAsync(device.Barcode);
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take it in" });

        await take.ClickAsync();
        await Expect(page.GetByText("1 recorded, 0 refused")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(drive);
        Assert.Equal("Wiped", await StateOfAsync(device));
        await take.ClickAsync();
        await Expect(page.GetByText("Known already")).ToBeVisibleAsync();
        Assert.Equal([$"nwipe 0.42 {drive}"], await Books.ColumnAsync<string>("inventory",
            $"select w.tool || ' ' || w.tool_version || ' ' || w.media_serial from wipes w join devices d on d.id = w.device_id where d.barcode = '{device.Barcode}'"));
    }

    [Fact]
    public async Task Seats_that_a_partner_gives_are_bound_by_scan_until_none_is_left()
    {
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/licences");
        var agreement = $"AGR-{Guid.NewGuid():n}";
        await page.GetByLabel("Product").FillAsync("Office suite");
        await page.GetByLabel("Partner").FillAsync("A vendor");
        await page.GetByLabel("Number of the agreement").FillAsync(agreement);
        await page.GetByLabel("Seats").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add seats" }).ClickAsync();
        await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
        var pool = await Books.OneAsync<Guid>("inventory", $"select id from licence_pools where reference = '{agreement}' and seats = 2");

        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var devices = await RefurbishedAsync(warehouse, 3);
        var station = await AsAsync(warehouse);
        await station.GotoAsync("/scan?step=license");
        await station.GetByLabel("Licences").SelectOptionAsync($"{pool}");
        foreach (var device in devices) await station.BeepAsync(device);
        await Expect(station.GetByText("2 done")).ToBeVisibleAsync();
        await Expect(station.GetByText("1 refused")).ToBeVisibleAsync();
        Assert.Equal(devices.Take(2).Select(d => d.Barcode), await Books.ColumnAsync<string>("inventory",
            $"select d.barcode from licence_seats s join devices d on d.id = s.device_id where s.pool_id = '{pool}' and s.released_at is null order by d.number"));
    }

    /// <summary>By a club of their own.</summary>
    private async Task<IReadOnlyList<Device>> RefurbishedAsync(Person warehouse, int count)
    {
        var organisation = Guid.NewGuid();
        var (devices, club) = (await warehouse.RegisterAsync(count), await Staff.HireAsync(Roles.Club, organisation));
        await warehouse.ScanAsync("Triage", devices);
        var place = await warehouse.PostAsync<Place>($"{Api}/locations", new { code = $"C{Guid.NewGuid():n}"[..12], name = "School club", kind = "Club", organisationId = organisation });
        var order = $"{Api}/work-orders/{(await warehouse.PostAsync<Place>($"{Api}/work-orders", new { clubId = place.Id })).Id}";
        await warehouse.PostAsync<ScanAnswer>($"{order}/devices", new { barcodes = devices.Select(d => d.Barcode) });
        await warehouse.PostAsync<Place>($"{order}/hand-over");
        var checks = await club.GetAsync<List<string>>($"{Api}/work-orders/checks");
        await club.PostAsync<ScanAnswer>($"{order}/results", new { results = devices.Select(d => new { barcode = d.Barcode, checks = checks.Select(item => new { item, outcome = "Passed" }) }) });
        return devices;
    }

    /// <summary>nwipe's log of one drive.</summary>
    private static string Log(string serial) => $"""
        [2025/11/20 08:00:00]  notice: Found /dev/sda,  ATA, WDC WD5000AAKX,  500 GB, S/N={serial}
        [2025/11/20 08:01:00]  notice:   banner       = nwipe 0.42
        [2025/11/20 08:01:02]  notice: Invoking method 'DoD Short' on /dev/sda
        ******************************** Error Summary *********************************
        !   Device | Pass Errors | Verifications Errors | Fdatasync I\O Errors
        --------------------------------------------------------------------------------
            sda |           0 |          0 |                    0
        ********************************* Drive Status *********************************
        !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
        --------------------------------------------------------------------------------
            sda | Erased |   98 MB/s | 01:28:58 | WDC WD5000AAKX/{serial}
        --------------------------------------------------------------------------------
        [2025/11/20 09:31:00] Total Throughput 98 MB/s, DoD Short, 1R+B+VL

        """;

    private static Task<Place> PlaceAsync(Person warehouse) => warehouse.PostAsync<Place>($"{Api}/locations", new { code = $"S{Guid.NewGuid():n}"[..12], name = "Shelf", kind = "Warehouse" });

    private Task<string> StateOfAsync(Device device) => Books.OneAsync<string>("inventory", $"select state from devices where barcode = '{device.Barcode}'");

    private sealed record Place(Guid Id);
}
