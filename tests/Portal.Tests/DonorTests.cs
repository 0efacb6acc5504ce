using System.Text;

namespace BetterConnections.Portal.Tests;

/// <summary>Who gave computers and wants to know that nothing of theirs is left on them.</summary>
public class DonorTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task A_donor_downloads_the_certificate_of_an_erased_disk_and_checks_that_it_is_genuine()
    {
        var given = await Whole.GivenByDonorAsync();
        var hash = await Whole.WipeAsync(given);
        var donor = await Books.OneAsync<Guid>("inventory", $"select donor_id from donations where id = '{given.Donation}'");
        var page = await AsAsync(await Staff.HireAsync(Roles.Donor, donor));
        await page.GotoAsync($"/donations/{given.Donation}");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = $"PDF {given.Barcode}" }).ClickAsync());
        Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(await download.PathAsync()));
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("donation-certificates");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Check it {given.Barcode}" }).ClickAsync();
        await Expect(page.GetByText("Genuine: the programme issued this certificate of erasure")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync($"/certificates?q={hash}");
        Assert.Equal(1, await Books.OneAsync<long>("inventory", $"select count(*) from wipe_certificates where hash = '{hash}'"));
    }

    [Fact]
    public async Task A_donation_that_was_accepted_waits_at_its_donors_start_for_the_list_of_devices_until_that_is_there()
    {
        var (office, warehouse) = (Whole.Office, await Staff.WarehouseAsync());
        var giver = await office.PostAsync<Thing>("/api/inventory/donors", new { name = $"Donor {Guid.NewGuid():n}"[..18], kind = "Company", namePublic = false });
        async Task<Guid> OfferAsync(string what) =>
            (await office.PostAsync<Thing>("/api/inventory/donations", new { donorId = giver.Id, description = what, expectedDevices = 1 })).Id;
        var (donation, offered) = (await OfferAsync("The head office's computers"), await OfferAsync("The branch's computers"));
        var location = await warehouse.OpenWarehouseAsync();
        await office.PostAsync<Thing>($"/api/inventory/donations/{donation}/accept", new { warehouseId = location });
        var page = await AsAsync(await Staff.HireAsync(Roles.Donor, giver.Id));
        ILocator Waits(string what) => page.GetByRole(AriaRole.Link, new() { Name = $"The list of devices is awaited: {what}" });
        await page.GotoAsync("/");
        await Expect(Waits("The head office's computers")).ToBeVisibleAsync();
        await Expect(Waits("The branch's computers")).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();
        await Waits("The head office's computers").ClickAsync();
        await Expect(page).ToHaveURLAsync($"/donations/{donation}");

        await warehouse.PostAsync<Thing>($"/api/inventory/donations/{donation}/collect");
        var list = $"Serial number,Type,Manufacturer,Model,Storage,RAM\nP{Guid.NewGuid():n},Desktop,Dell,OptiPlex 3060,256 GB SSD,8 GB\n";
        (await warehouse.UploadAsync($"/api/inventory/donations/{donation}/manifest?fileName=one.csv&locationId={location}", Encoding.UTF8.GetBytes(list), "text/csv")).Read();
        await office.PostAsync<Thing>($"/api/inventory/donations/{offered}/accept", new { warehouseId = location });
        await page.GotoAsync("/");
        await Expect(Waits("The branch's computers")).ToBeVisibleAsync();
        await Expect(Waits("The head office's computers")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_donation_is_declined_with_a_reason_after_a_question_and_its_donor_reads_why()
    {
        const string Why = "Too old to run what the licences are for.";
        var giver = await Office.PostAsync<Thing>("/api/inventory/donors", new { name = $"Donor {Guid.NewGuid():n}"[..18], kind = "Company", namePublic = false });
        var donation = (await Office.PostAsync<Thing>("/api/inventory/donations", new { donorId = giver.Id, description = "Terminals of the old branch", expectedDevices = 4 })).Id;
        Task<string> StateAsync() => Books.OneAsync<string>("inventory", $"select state from donations where id = '{donation}'");
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync($"/donations/{donation}");
        await page.GetByLabel("Why").FillAsync(Why);
        var (decline, dialog) = (page.GetByRole(AriaRole.Button, new() { Name = "Decline" }), page.GetByRole(AriaRole.Dialog));
        await decline.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("Offered", await StateAsync());

        await decline.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(page.GetByText("The programme could not take these devices.")).ToBeVisibleAsync();
        Assert.Equal("Declined", await StateAsync());

        var donor = await AsAsync(await Staff.HireAsync(Roles.Donor, giver.Id));
        await donor.GotoAsync($"/donations/{donation}");
        await Expect(donor.GetByText(Why)).ToBeVisibleAsync();
        await donor.HasNoViolationsAsync();
    }

    private sealed record Thing(Guid Id);
}
