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
}
