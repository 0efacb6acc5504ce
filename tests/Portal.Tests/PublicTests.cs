using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Portal.Tests;

/// <summary>What anybody finds who has no account.</summary>
public class PublicTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task The_code_on_a_device_leads_to_its_life_without_telling_its_serial()
    {
        var given = await Whole.GivenByDonorAsync();
        await Whole.WipeAsync(given);
        var page = await OnPhone().NowhereYetAsync();
        await page.GotoAsync($"/devices/{given.Barcode}");

        await Expect(page.Heading()).ToHaveTextAsync(given.Barcode);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(given.Donor);
        await Expect(page.Locator(".life li")).ToHaveCountAsync((int)await Books.OneAsync<long>("inventory", $"""
            select count(*) from device_events e join devices d on d.id = e.device_id where d.barcode = '{given.Barcode}' and e.from_state is distinct from e.to_state
            """));
        await Expect(page.Locator(".life li").Last).ToContainTextAsync("All data of its donor erased");
        Assert.DoesNotContain(given.Serial, await page.ContentAsync());
        await page.HasNoViolationsAsync();
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_the_life_of_a_device_of_an_unnamed_donor_is_told_too()
    {
        var given = await Whole.GivenByDonorAsync(namePublic: false);
        var page = await OnPhone().InArabic().NowhereYetAsync();
        await page.GotoAsync($"/devices/{given.Barcode}");

        await Expect(page.Locator(".life li")).ToHaveTextAsync(new Regex("استُلم من المتبرع"));
        Assert.DoesNotContain(given.Donor, await page.ContentAsync());
        Assert.Equal(0, await page.SidewaysAsync());
    }

    [Theory]
    [InlineData("BC-000123-0", "misread or mistyped")]
    [InlineData("SN12345678", "not one of the programme's barcodes")]
    public async Task A_barcode_that_cannot_be_is_told_in_words(string barcode, string words)
    {
        var page = await SignedOutAsync();
        await page.GetByLabel("Barcode of a device").FillAsync(barcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show its life" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
    }

    [Fact]
    public async Task The_start_page_shows_what_was_reached_and_each_number_leads_to_what_it_is_made_of()
    {
        var page = await SignedOutAsync();
        var card = page.Locator(".figure", new() { HasText = "Facilities opened so far" });
        await Expect(card).ToContainTextAsync("of 1,500 planned");
        var told = int.Parse(await card.Locator(".value").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        // Other tests may open one meanwhile, and the page is a minute old at most.
        Assert.InRange(await Books.OneAsync<int>("evaluation", "select coalesce(sum(amount), 0)::int from figure_months where figure = 'facilities-opened'"), told, told + 20);

        await card.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync("/api/evaluation/public/figures/facilities-opened?language=en");
        await Expect(page.Heading()).ToHaveTextAsync("Facilities opened so far");
    }

    [Fact]
    public async Task A_wipe_certificate_is_known_by_its_hash_and_by_its_text_and_an_altered_one_is_not()
    {
        var given = await Whole.GivenByDonorAsync();
        var hash = await Whole.WipeAsync(given);
        var text = await Books.OneAsync<string>("inventory", $"select content from wipe_certificates where hash = '{hash}'");
        var page = await OnDesktop().NowhereYetAsync();

        await page.GotoAsync($"/certificates?q={hash}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Genuine" })).ToBeVisibleAsync();
        await Expect(page.Locator(".note.good")).ToContainTextAsync($"M-{given.Serial}");
        await page.HasNoViolationsAsync();

        await AskAsync(page, text);
        await Expect(page.Locator(".note.good")).ToContainTextAsync(given.Barcode);

        await AskAsync(page, text.Replace("Purge", "Clear"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("issued no such certificate");
        await Expect(page.Locator(".note.good")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_volunteers_certificate_is_valid_until_it_is_revoked_and_a_forged_one_never()
    {
        var (partner, volunteer) = (await Staff.HireAsync(Roles.TrainingPartner), await Staff.NewVolunteerAsync());
        var id = await volunteer.ApplyAsVolunteerAsync("Certified for the portal");
        await Office.ScreenAsync(id);
        var course = await partner.WriteDownCourseAsync($"Hall {id:n}");
        await partner.MarkAsync(course.Id, $"{id}");
        await partner.DeliverAsync(course.Id);
        await volunteer.PassAsync(await partner.QuizzesAsync());
        await volunteer.CertifiedAsync();
        var certificate = await Books.OneAsync<Guid>("training", $"select id from certificates where learner_id = '{id}'");
        var signed = await Books.OneAsync<string>("training", $"select credential from certificates where id = '{certificate}'");
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/certificates");

        await AskAsync(page, signed);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Genuine and valid" })).ToBeVisibleAsync();
        Assert.DoesNotContain("Certified for the portal", await page.ContentAsync());

        await AskAsync(page, $"https://elsewhere.example/api/training/public/certificates/{certificate}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Genuine and valid" })).ToBeVisibleAsync();

        await AskAsync(page, signed[..^8] + "AAAAAAAA");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not sign this");

        (await partner.TryPostAsync($"/api/training/certificates/{certificate}/revoke", new { reason = "issued to somebody else" })).Read();
        await AskAsync(page, $"{certificate}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Revoked" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_map_has_each_zone_of_enough_sites_and_the_table_its_numbers()
    {
        var zone = $"Z{Guid.NewGuid():n}"[..10];
        var employer = await Staff.ApprovedEmployerAsync();
        foreach (var number in Enumerable.Range(1, 3))
        {
            var site = await employer.PostAsync<Facility>("/api/enrollment/sites", new { name = $"Site {number}", address = "Street 33", zone, latitude = 25.5, longitude = 51.2, residents = 800, languages = new[] { "hi" } });
            if (number < 3) await employer.ApplyAsync(site.Id);
        }
        var page = await OnPhone().NowhereYetAsync();
        await page.GotoAsync("/map");

        await Expect(page.Locator("svg text", new() { HasText = zone })).ToHaveCountAsync(1);
        var row = page.Locator("tbody tr", new() { HasText = zone });
        await Expect(row.Locator("td")).ToHaveTextAsync([zone, "0", "2", "0"]);
        Assert.Equal(2, await Books.OneAsync<long>("enrollment", $"select count(*) from facilities f join sites s on s.id = f.site_id where s.zone = '{zone}' and f.state = 'Applied'"));
    }

    [Theory]
    [InlineData("employers", "en", "Setting up a digital facility")]
    [InlineData("employers", "ar", "تجهيز مرفق رقمي")]
    [InlineData("volunteers", "en", "Teaching at a facility")]
    public async Task The_information_packets_are_read_in_the_persons_language(string audience, string language, string heading)
    {
        var visit = language == "ar" ? OnPhone().InArabic() : OnPhone();
        var page = await visit.NowhereYetAsync();
        await page.GotoAsync($"/guides/{audience}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 2 })).ToBeVisibleAsync();
        Assert.DoesNotContain("**", await page.GetByRole(AriaRole.Main).InnerTextAsync());
    }

    [Fact]
    public async Task Every_file_of_open_data_can_be_had()
    {
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/data");
        await Expect(page.Heading()).ToHaveTextAsync("Open data and guides");
        var addresses = await page.Locator("main a[href^='/api/']").EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href'))");
        Assert.Equal(17, addresses.Length);
        foreach (var address in addresses)
        {
            var answer = await page.Context.APIRequest.GetAsync(address);
            Assert.True(answer.Ok && (await answer.BodyAsync()).Length > 0, $"{address} answered {answer.Status}");
        }
    }

    [Fact]
    public async Task Results_come_with_their_intervals_in_words_or_it_is_said_that_there_are_none()
    {
        var published = await Books.OneAsync<long>("evaluation", "select count(*) from publications");
        var page = await OnPhone().NowhereYetAsync();
        await page.GotoAsync("/results");
        if (published == 0)
        {
            await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("No results have been published yet.");
            return;
        }
        await Expect(page.Locator("section.card")).ToHaveCountAsync(11);
        await Expect(page.Locator("section.card").First).ToContainTextAsync("95% interval");
        Assert.Equal(0, await page.SidewaysAsync());
    }

    private static async Task AskAsync(IPage page, string certificate)
    {
        await page.GetByLabel("Number, address or whole text of the certificate").FillAsync(certificate);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).ClickAsync();
    }
}
