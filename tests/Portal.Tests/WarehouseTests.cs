using System.Text;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>People who move devices: with a scanner, a spreadsheet, a van.</summary>
public partial class WarehouseTests(Portal portal) : PortalTest(portal)
{
    private const string Api = "/api/inventory";

    [Fact]
    public async Task Five_scans_a_second_for_twenty_seconds_are_each_answered_and_stand_once_and_in_their_order_in_the_books()
    {
        const int scans = 100;
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var devices = await warehouse.RegisterAsync(scans);
        var page = await AsAsync(warehouse);
        await page.ToStationAsync("triage");

        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        foreach (var device in devices)
        {
            await page.BeepAsync(device);
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        await Expect(page.GetByText($"{scans} done")).ToBeVisibleAsync();
        await Expect(page.GetByText("0 refused")).ToBeVisibleAsync();

        var times = await Books.ColumnAsync<DateTime>("inventory", $"select e.at from {EventsOf(devices)} and e.to_state = 'Triaged' order by d.number");
        Assert.Equal(scans, times.Count);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task What_is_scanned_without_a_connection_or_loses_its_answer_survives_the_closed_page_and_is_done_exactly_once()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var devices = await warehouse.RegisterAsync(6);
        var page = await AsAsync(warehouse);
        await page.ToStationAsync("triage");

        // The service carries it out, and nobody hears the answer.
        await page.RouteAsync($"**{Api}/scans", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync("internetdisconnected");
        });
        await page.BeepAsync(devices[0]);
        await Expect(page.GetByText("1 still to be sent")).ToBeVisibleAsync();
        await page.GoOfflineAsync();
        await page.UnrouteAllAsync();
        for (var i = 1; i < devices.Count; i++)
        {
            await page.BeepAsync(devices[i]);
            await Expect(page.GetByText($"{i + 1} to be sent")).ToBeVisibleAsync();
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        await Expect(page.GetByText("5 to be sent")).ToBeVisibleAsync();

        var context = page.Context;
        await page.CloseAsync();
        await context.SetOfflineAsync(false);
        var later = await context.NewPageAsync();
        await later.GotoAsync("/to-send");
        await Expect(later.GetByText("Everything has been sent.")).ToBeVisibleAsync();
        Assert.Equal(devices.Take(5).Select(d => d.Barcode), await Books.ColumnAsync<string>("inventory", $"select d.barcode from {EventsOf(devices)} and e.to_state = 'Triaged' order by d.number"));
    }

    [Fact]
    public async Task A_scan_that_the_full_disk_does_not_take_is_said_not_to_be_taken_and_the_station_goes_on()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var devices = await warehouse.RegisterAsync(2);
        var page = await OnPhone().AsAsync(warehouse);
        await page.FillDiskAsync();
        await page.ToStationAsync("triage");
        await page.GoOfflineAsync();
        await page.BeepAsync(devices[0]);
        await Expect(page.Locator(".last.bad")).ToContainTextAsync("Not taken");
        await Expect(page.GetByText("1 refused")).ToBeVisibleAsync();
        await Expect(page.GetByText("being sent")).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("scan-not-taken");

        await page.EvaluateAsync("window.full = false");
        foreach (var device in devices) await page.BeepAsync(device);
        await Expect(page.GetByText("2 to be sent")).ToBeVisibleAsync();
        await page.GoOnlineAsync();
        await Expect(page.GetByText("2 done")).ToBeVisibleAsync();
        Assert.Equal(devices.Select(d => d.Barcode), await Books.ColumnAsync<string>("inventory", $"select d.barcode from {EventsOf(devices)} and e.to_state = 'Triaged' order by d.number"));
    }

    [Fact]
    public async Task What_somebody_could_not_send_yet_waits_for_them_while_another_works_on_the_same_device()
    {
        var (first, second) = (await Staff.HireAsync(Roles.Logistics), await Staff.HireAsync(Roles.Logistics));
        var device = Assert.Single(await first.RegisterAsync(1));
        var page = await AsAsync(first);
        await page.ToStationAsync("triage");
        await page.GoOfflineAsync();
        await page.BeepAsync(device);
        await Expect(page.GetByText("1 to be sent")).ToBeVisibleAsync();

        await page.Context.ClearCookiesAsync(); // the session has ended; nobody signed out
        await page.GoOnlineAsync();
        await page.GotoAsync("/sign-in");
        await page.FillInAsync(second.UserName, second.Password);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await page.GotoAsync("/to-send");
        await Expect(page.GetByText("Everything has been sent.")).ToBeVisibleAsync(); // of theirs
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Empty(await Books.ColumnAsync<string>("inventory", $"select d.barcode from {EventsOf([device])} and e.to_state = 'Triaged'"));

        await page.GotoAsync("/sign-in");
        await page.FillInAsync(first.UserName, first.Password);
        await Eventually.BecomesAsync(() => Books.ColumnAsync<string>("inventory", $"select d.barcode from {EventsOf([device])} and e.to_state = 'Triaged'"), sent => sent.Count == 1);
    }

    [Fact]
    public async Task A_refused_scan_says_why_in_the_language_of_the_hand_and_changes_nothing()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var device = Assert.Single(await warehouse.RegisterAsync(1));
        var page = await OnPhone().InArabic().AsAsync(warehouse);
        await page.ToStationAsync("repair");

        await page.BeepAsync(device); // received: nothing to repair
        await Expect(page.Locator(".last")).ToContainTextAsync("لا يمكن فعل ذلك في الحالة الحالية.");
        await page.Keyboard.TypeAsync(device.Barcode[..^1] + (device.Barcode[^1] == 'A' ? 'B' : 'A'));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".last")).ToContainTextAsync("قراءة خاطئة. امسحه مرة أخرى.");
        Assert.Equal("Received", await StateOfAsync(device));
        await page.LooksLikeAsync("scan-refused");
    }

    [Fact]
    public async Task A_shipment_is_loaded_undone_handed_over_and_received_by_scan_and_what_was_not_scanned_is_missing()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var facility = await WithKitAsync(warehouse);
        var devices = (await warehouse.KitAsync(facility.Id)).Devices;
        var page = await AsAsync(warehouse);
        await page.GotoAsync("/shipments");
        await page.Locator("li", new() { HasText = facility.Code }).GetByRole(AriaRole.Button, new() { Name = "Start a shipment" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync($"Shipment to {facility.Code}");
        var shipment = page.Url;

        await page.GetByRole(AriaRole.Link, new() { Name = "Load by scan" }).ClickAsync();
        await Expect(page.GetByText("Ready. Scan the first label.")).ToBeVisibleAsync();
        foreach (var device in devices) await page.BeepAsync(device);
        await Expect(page.GetByText($"{devices.Count} done")).ToBeVisibleAsync();
        await page.Locator("li", new() { HasText = devices[0].Barcode }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).DblClickAsync(); // of which the second is in vain
        await Expect(page.GetByText($"{devices.Count - 1} done")).ToBeVisibleAsync();
        await Expect(page.Locator(".notice")).ToBeEmptyAsync();
        Assert.Equal(devices.Count - 1, await LoadedAsync(facility));
        await page.BeepAsync(devices[0]);
        await Expect(page.GetByText($"{devices.Count} done")).ToBeVisibleAsync();
        Assert.Equal(devices.Count, await LoadedAsync(facility));

        var volunteer = await Books.AccountAsync(await Staff.NewVolunteerAsync());
        await Office.PostAsync<object>($"/api/enrollment/facilities/{facility.Id}/helpers", new { subject = volunteer, role = "Installer" });
        await page.GotoAsync(shipment);
        await page.GetByLabel("Carrier").FillAsync("Gulf Haulage");
        await page.GetByLabel("Who may receive it").SelectOptionAsync($"{volunteer}");
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("hand-over");
        await page.GetByRole(AriaRole.Button, new() { Name = "It has left" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Receive by scan" }).ClickAsync();
        Assert.Equal($"{volunteer}", await Books.OneAsync<string>("inventory", $"select receiver from shipments where facility_id = '{facility.Id}'"));
        await Expect(page.GetByText("Ready. Scan the first label.")).ToBeVisibleAsync();
        await page.GetByLabel("Damaged? Say how").FillAsync("the screen is broken");
        await page.Locator("#scan").ClickAsync();
        foreach (var device in devices.Skip(1)) await page.BeepAsync(device); // only the first of them is damaged
        await Expect(page.GetByText($"{devices.Count - 1} done")).ToBeVisibleAsync();
        await page.GotoAsync(shipment);
        await page.GetByRole(AriaRole.Button, new() { Name = "End the receipt" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the receipt" }).ClickAsync();
        await Expect(page.GetByText($"{devices.Count - 2} received, 1 damaged, 1 missing")).ToBeVisibleAsync();

        Assert.Equal("Lost", await StateOfAsync(devices[0]));
        Assert.Equal("Faulty", await StateOfAsync(devices[1]));
        foreach (var device in devices.Skip(2)) Assert.Equal("Deployed", await StateOfAsync(device));
    }

    [Fact]
    public async Task A_donor_tries_a_list_imports_it_mends_the_refused_rows_and_imports_them_and_sees_each_machine_and_a_letter()
    {
        var (organisation, warehouse) = (Guid.NewGuid(), await (await Staff.HireAsync(Roles.Logistics)).OpenWarehouseAsync());
        var donor = await Staff.HireAsync(Roles.Donor, organisation);
        await Office.PostAsync<Named>($"{Api}/donors", new { id = organisation, name = $"A ministry {organisation}", kind = "Ministry" });
        var page = await AsAsync(donor);
        await page.GotoAsync("/donations");
        await page.GetByLabel("What do you give?").FillAsync("Computers of the head office");
        await page.GetByRole(AriaRole.Button, new() { Name = "Offer" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Computers of the head office");
        var donation = new Uri(page.Url).Segments[^1];
        await Office.PostAsync<Named>($"{Api}/donations/{donation}/accept", new { warehouseId = warehouse });

        await page.GotoAsync($"/donations/{donation}/manifest");
        var serials = Enumerable.Range(0, 4).Select(_ => $"P{Guid.NewGuid():n}"[..12].ToUpperInvariant()).ToList();
        await page.GetByLabel("Your list").SetInputFilesAsync(Csv("list.csv", $"Serial number,Type,Model\n{serials[0]},Desktop,M70\n{serials[1]},Toaster,M70\n{serials[2]},Laptop,T14\n,Laptop,T14\n"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What would be imported" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Every device needs its serial number.")).ToBeVisibleAsync();
        Assert.Equal(0, await GivenAsync(donation));

        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 devices" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What was imported" })).ToBeVisibleAsync();
        Assert.Equal(2, await GivenAsync(donation));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Rows to mend (CSV)" }).ClickAsync());
        var rows = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var mended = WithoutSerial().Replace(rows.Replace("Toaster", "Desktop"), $",{serials[3]},Laptop");

        await page.GetByLabel("Your list").SetInputFilesAsync(Csv("mended.csv", mended));
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 devices" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What was imported" })).ToBeVisibleAsync();
        Assert.Equal(serials.Order(), await Books.ColumnAsync<string>("inventory", $"select serial from devices where donation_id = '{donation}' order by serial"));

        await page.GetByRole(AriaRole.Link, new() { Name = "To the donation" }).ClickAsync();
        foreach (var serial in serials) await Expect(page.GetByText(serial)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Letter of impact" }).ClickAsync();
        await Expect(page.GetByText("you gave 4 devices")).ToBeVisibleAsync();
        await page.LooksLikeAsync("letter");
    }

    [Fact]
    public async Task A_club_checks_its_order_by_scan_and_what_failed_is_faulty()
    {
        var organisation = Guid.NewGuid();
        var (warehouse, club) = (await Staff.HireAsync(Roles.Logistics), await Staff.HireAsync(Roles.Club, organisation));
        var place = await warehouse.PostAsync<Named>($"{Api}/locations", new { code = $"C{Guid.NewGuid():n}"[..12], name = "School club", kind = "Club", organisationId = organisation });
        var devices = await warehouse.RegisterAsync(3);
        await warehouse.ScanAsync("Triage", devices);
        var order = await warehouse.PostAsync<Named>($"{Api}/work-orders", new { clubId = place.Id });
        await warehouse.PostAsync<ScanAnswer>($"{Api}/work-orders/{order.Id}/devices", new { barcodes = devices.Select(d => d.Barcode) });
        await warehouse.PostAsync<Named>($"{Api}/work-orders/{order.Id}/hand-over");

        var page = await AsAsync(club);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ThreeToCheck() }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Check by scan" }).ClickAsync();
        await Expect(page.GetByText("Ready. Scan the first label.")).ToBeVisibleAsync();
        await page.BeepAsync(devices[0]);
        await page.GetByLabel("Screen").CheckAsync();
        await page.BeepAsync(devices[1]); // with the focus on the box: a scanner types wherever it is
        await Expect(page.GetByText("2 done")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Screen")).Not.ToBeCheckedAsync(); // it was that device's and is not the next one's
        await page.BeepAsync(devices[2]);
        await Expect(page.GetByText("3 done")).ToBeVisibleAsync();

        Assert.Equal(["Refurbished", "Faulty", "Refurbished"], await Books.ColumnAsync<string>("inventory", $"select state from devices where barcode in ({List(devices)}) order by number"));
        await page.GotoAsync($"/work-orders/{order.Id}");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = devices[1].Barcode })).ToContainTextAsync("Screen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the order" }).ClickAsync();
        await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
        Assert.Equal("Closed", await Books.OneAsync<string>("inventory", $"select status from work_orders where id = '{order.Id}'"));
    }

    [Fact]
    public async Task A_recycler_confirms_weight_and_certificate_and_the_devices_end()
    {
        var organisation = Guid.NewGuid();
        var (warehouse, recycler) = (await Staff.HireAsync(Roles.Logistics), await Staff.HireAsync(Roles.Recycler, organisation));
        var yard = await warehouse.PostAsync<Named>($"{Api}/locations", new { code = $"R{Guid.NewGuid():n}"[..12], name = "The yard", kind = "Recycler", organisationId = organisation });
        var devices = await warehouse.RegisterAsync(2);
        await warehouse.ScanAsync("Retire", devices, why: "of no use");
        var batch = await warehouse.PostAsync<Named>($"{Api}/ewaste", new { recyclerId = yard.Id });
        await warehouse.PostAsync<ScanAnswer>($"{Api}/ewaste/{batch.Id}/scan", new { barcodes = devices.Select(d => d.Barcode) });
        var store = await AsAsync(warehouse);
        await store.GotoAsync($"/ewaste/{batch.Id}");
        await store.GetByRole(AriaRole.Button, new() { Name = "The recycler has fetched it" }).ClickAsync();
        await store.GetByRole(AriaRole.Dialog, new() { Name = "Has the recycler fetched all 2 devices?" }).GetByRole(AriaRole.Button, new() { Name = "The recycler has fetched it" }).ClickAsync();
        await Expect(store.GetByText("Done.")).ToBeVisibleAsync();

        var page = await AsAsync(recycler);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = TwoFetched() }).ClickAsync();
        await page.GetByLabel("Weight in kg").FillAsync("13.5");
        await page.GetByLabel("Number of your certificate").FillAsync("E-2026-77");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByText("E-2026-77")).ToBeVisibleAsync();
        Assert.Equal(13.5m, await Books.OneAsync<decimal>("inventory", $"select weight_kg from ewaste_batches where id = '{batch.Id}'"));
        foreach (var device in devices) Assert.Equal("Recycled", await StateOfAsync(device));
    }

    [Fact]
    public async Task Labels_of_scanned_devices_come_as_a_PDF()
    {
        var warehouse = await Staff.HireAsync(Roles.Logistics);
        var devices = await warehouse.RegisterAsync(3);
        var page = await AsAsync(warehouse);
        await page.GotoAsync("/labels");
        await page.GetByLabel("Barcodes").FillAsync(string.Join("\n", devices.Select(d => d.Barcode)));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make the labels" }).ClickAsync());
        Assert.Equal("labels.pdf", download.SuggestedFilename);
        Assert.StartsWith("%PDF", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken)));
    }

    /// <summary>A facility that has its kit set aside.</summary>
    private async Task<Facility> WithKitAsync(Person warehouse)
    {
        var ground = await Whole.AssessedFacilityAsync();
        await ground.Employer.PrepareSpaceAsync(Office, ground.Facility);
        await Office.DeclareSpaceReadyAsync(ground.Facility);
        return await warehouse.StockKitForAsync(Office, ground.Facility);
    }

    private static FilePayload Csv(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static string List(IEnumerable<Device> devices) => string.Join(", ", devices.Select(d => $"'{d.Barcode}'"));

    private static string EventsOf(IEnumerable<Device> devices) => $"device_events e join devices d on d.id = e.device_id where d.barcode in ({List(devices)})";

    private Task<string> StateOfAsync(Device device) => Books.OneAsync<string>("inventory", $"select state from devices where barcode = '{device.Barcode}'");

    private Task<long> GivenAsync(string donation) => Books.OneAsync<long>("inventory", $"select count(*) from devices where donation_id = '{donation}'");

    private Task<long> LoadedAsync(Facility facility) =>
        Books.OneAsync<long>("inventory", $"select count(*) from shipment_items i join shipments s on s.id = i.shipment_id where s.facility_id = '{facility.Id}'");

    private sealed record Named(Guid Id);

    [GeneratedRegex("3 devices to check")]
    private static partial Regex ThreeToCheck();

    [GeneratedRegex("2 devices fetched")]
    private static partial Regex TwoFetched();

    [GeneratedRegex(",,Laptop")]
    private static partial Regex WithoutSerial();
}
