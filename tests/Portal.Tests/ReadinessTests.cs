using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A facility's way from the application to the room that is ready, each step on the page of whoever takes it.</summary>
public class ReadinessTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task An_employer_applies_a_volunteer_assesses_on_site_without_a_connection_and_the_office_inspects_until_the_room_is_ready()
    {
        var employer = await Staff.ApprovedEmployerAsync();
        var site = await employer.AddSiteAsync("Camp 9", facilities: 1);
        var company = await AsAsync(employer);
        await company.GotoAsync("/employer");
        await company.GetByRole(AriaRole.Button, new() { Name = "Apply for a facility at Camp 9" }).ClickAsync();
        await Expect(company.GetByText("A volunteer visits you")).ToBeVisibleAsync();
        var facility = await Books.OneAsync<Guid>("enrollment", $"select id from facilities where site_id = '{site}'");

        var (assessor, assignment) = await AssessorAsync(facility);
        var phone = await OnPhone().AsAsync(assessor);
        await phone.GotoAsync($"/volunteer/assignments/{assignment}");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Assess needs" }).ClickAsync();
        await phone.GetByRole(AriaRole.Checkbox, new() { Name = "Nepali" }).CheckAsync();
        await phone.GetByRole(AriaRole.Checkbox, new() { Name = "Hindi" }).CheckAsync();
        await phone.GetByLabel("How many of 100 can read").FillAsync("60");
        await phone.GetByLabel("Size of the room").FillAsync("42.5");
        await phone.GetByLabel("Mobile data signal").SelectOptionAsync("Fair");
        await phone.GetByLabel("About the room").FillAsync("A store room; it needs sockets.");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Record the assessment" }).ClickAsync();
        await Expect(phone.GetByText("Choose at least one.")).ToBeVisibleAsync();
        await phone.GetByRole(AriaRole.Checkbox, new() { Name = "Computer basics" }).CheckAsync();
        await Expect(phone.GetByText("Choose at least one.")).ToBeHiddenAsync();
        await phone.HasNoViolationsAsync();
        await phone.LooksLikeAsync("needs-assessment");
        await phone.GoOfflineAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Record the assessment" }).ClickAsync();
        await Expect(phone.GetByText("The assessment is recorded on this device.")).ToBeVisibleAsync();
        Assert.Equal("Applied", await StateAsync(facility));
        await phone.GoOnlineAsync();
        await Expect(phone.GetByText("Nepali, Hindi")).ToBeVisibleAsync();
        Assert.Equal("NeedsAssessed ne,hi 60 42.5 Fair", await Books.OneAsync<string>("enrollment", $"""
            select concat_ws(' ', f.state, array_to_string(n.languages, ','), n.literate_percent, n.room_square_metres::float, n.signal) from needs_assessments n join facilities f on f.id = n.facility_id
            where f.id = '{facility}'
            """));

        var items = await employer.ShowSpaceAsync(facility);
        var office = await AsAsync(Roles.ProgrammeOffice);
        await office.GotoAsync($"/office/facilities/{facility}");
        await Expect(office.GetByText($"{items.Count} to inspect")).ToBeVisibleAsync();
        await office.GetByRole(AriaRole.Link, new() { Name = "Inspect the room" }).ClickAsync();
        var cards = office.Locator("li.item");
        await Expect(cards).ToHaveCountAsync(items.Count);
        await cards.First.GetByRole(AriaRole.Button, new() { Name = "Does not pass" }).ClickAsync();
        await Expect(cards.First.GetByText("Say what is wrong, so that")).ToBeVisibleAsync();
        await cards.First.GetByLabel("Remark").FillAsync("Only 20 square metres.");
        await cards.First.GetByLabel("Remark").PressAsync("Enter"); // decides nothing: neither button was pressed
        await cards.First.GetByRole(AriaRole.Button, new() { Name = "Does not pass" }).ClickAsync();
        await Expect(cards.First.GetByText("Not passed", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("Only 20 square metres.", await Books.OneAsync<string>("enrollment", $"select remark from checklist_marks where facility_id = '{facility}' and passed = false"));
        Assert.Equal(0, await Books.OneAsync<long>("enrollment", $"select count(*) from facility_events where facility_id = '{facility}' and why like '%: passed'"));
        await company.GotoAsync($"/employer/facilities/{facility}");
        await Expect(company.GetByText("Only 20 square metres.")).ToBeVisibleAsync();
        await company.Locator($"#{items[0]}").GetByRole(AriaRole.Button, new() { Name = "It is done now" }).ClickAsync();
        await Expect(company.GetByText("waits for the inspector; you need do nothing.")).ToHaveCountAsync(items.Count);

        await cards.Nth(1).GetByRole(AriaRole.Button, new() { NameRegex = new("^Pass") }).ClickAsync();
        await Expect(cards.First.GetByText("To inspect", new() { Exact = true })).ToBeVisibleAsync(); // read anew, and what was wrong is gone with it
        await Expect(cards.First.GetByLabel("Remark")).ToHaveValueAsync("");
        await office.ReloadAsync();
        await Expect(cards).ToHaveCountAsync(items.Count);
        await office.HasNoViolationsAsync();
        await office.LooksLikeAsync("inspection");
        for (var i = 0; i < items.Count; i++) // the second once more, so that the third is pressed while it is on its way
        {
            await Expect(office.GetByRole(AriaRole.Button, new() { Name = "The room is ready" })).ToHaveCountAsync(0);
            await cards.Nth(i).GetByRole(AriaRole.Button, new() { NameRegex = new("^Pass") }).ClickAsync();
            await Expect(cards.Nth(i).GetByText("Passed", new() { Exact = true })).ToBeVisibleAsync();
        }
        await office.GetByRole(AriaRole.Button, new() { Name = "The room is ready" }).ClickAsync();
        await Expect(office.GetByText("The inspection is over.")).ToBeVisibleAsync();
        Assert.Equal(1, await Books.OneAsync<long>("enrollment", $"select count(*) from facility_events where facility_id = '{facility}' and to_state = 'SpaceReady' and from_state = 'SpaceInPreparation'"));
        await company.ReloadAsync();
        await Expect(company.GetByText("The room is ready.").Or(company.GetByText("Your computers are reserved.")).First).ToBeVisibleAsync(); // at once, where a whole kit is in stock
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_the_inspector_of_a_facility_passes_what_the_employer_shows_and_nobody_else_may()
    {
        var (ground, inspector) = (await Whole.AssessedFacilityAsync(), await Staff.NewVolunteerAsync());
        var items = await ground.Employer.ShowSpaceAsync(ground.Facility);
        var helpers = $"/api/enrollment/facilities/{ground.Facility}/helpers";
        var account = await Books.AccountAsync(inspector);
        await Office.PostAsync<object>(helpers, new { subject = account, role = "Monitor" });
        var page = await OnPhone().InArabic().AsAsync(inspector);
        await page.GotoAsync($"/facilities/{ground.Facility}/inspection");
        var card = page.Locator("li.item").First;
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^مقبول") }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Alert)).ToContainTextAsync("لستَ معيّنًا لهذه الخطوة");
        Assert.Equal(0, await PassedAsync(ground));

        await Office.PostAsync<object>(helpers, new { subject = account, role = "Inspector" });
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^مقبول") }).ClickAsync();
        await Expect(card.GetByText("مقبول", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(page.GetByText("ينتظر الفحص.")).ToHaveCountAsync(items.Count - 1);
        Assert.Equal(1, await PassedAsync(ground));
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.LooksLikeAsync("inspection");
    }

    [Fact]
    public async Task A_needs_assessment_that_was_left_half_filled_is_there_when_its_page_is_opened_again_and_counts_once()
    {
        var facility = (await Whole.AppliedForAsync()).Id;
        var (assessor, _) = await AssessorAsync(facility);
        var phone = await OnPhone().AsAsync(assessor);
        await phone.IsInstalledAsync();
        await phone.GotoAsync($"/facilities/{facility}/needs");
        await Expect(phone.GetByLabel("Size of the room")).ToBeVisibleAsync();
        await phone.GoOfflineAsync();
        await phone.GetByRole(AriaRole.Checkbox, new() { Name = "Nepali" }).CheckAsync();
        await phone.GetByRole(AriaRole.Checkbox, new() { Name = "Labour law and rights" }).CheckAsync();
        await phone.GetByLabel("How many of 100 can read").FillAsync("70");
        await phone.GetByLabel("About the room").FillAsync("A canteen.");
        await phone.CloseAsync(); // as the phone does with a page in the background

        var reopened = await phone.Context.NewPageAsync();
        await reopened.GotoAsync($"/facilities/{facility}/needs");
        await Expect(reopened.GetByText("kept on this device until you record it")).ToBeVisibleAsync();
        await Expect(reopened.GetByRole(AriaRole.Checkbox, new() { Name = "Nepali" })).ToBeCheckedAsync();
        await Expect(reopened.GetByLabel("About the room")).ToHaveValueAsync("A canteen.");
        await reopened.HasNoViolationsAsync();
        Assert.Equal(0, await reopened.SidewaysAsync());
        await reopened.LooksLikeAsync("needs-draft");
        await reopened.GetByLabel("Size of the room").FillAsync("35");
        await reopened.GetByLabel("Mobile data signal").SelectOptionAsync("Good");
        await reopened.GetByRole(AriaRole.Button, new() { Name = "Record the assessment" }).ClickAsync();
        await Expect(reopened.GetByText("The assessment is recorded on this device.")).ToBeVisibleAsync();
        Assert.Equal(0, await reopened.DraftsAsync());
        await reopened.GoOnlineAsync();

        await Expect(reopened.GetByText("35", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(["ne labour-rights 70 35 Good A canteen."], await Books.ColumnAsync<string>("enrollment", $"""
            select concat_ws(' ', array_to_string(languages, ','), array_to_string(topics, ','), literate_percent, room_square_metres::float, signal, space) from needs_assessments where facility_id = '{facility}'
            """));
        Assert.Equal(1, await Books.OneAsync<long>("enrollment", $"select count(*) from facility_events where facility_id = '{facility}' and to_state = 'NeedsAssessed'"));
    }

    [Fact]
    public async Task A_draft_is_emptied_by_its_button_and_who_signs_out_is_asked_first_and_leaves_none()
    {
        var facility = (await Whole.AppliedForAsync()).Id;
        var page = await AsAsync((await AssessorAsync(facility)).Person);
        await page.GotoAsync($"/facilities/{facility}/needs");
        await page.GetByLabel("About the room").FillAsync("A canteen.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Empty the form" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Empty the form" }).ClickAsync();
        await Expect(page.GetByLabel("About the room")).ToHaveValueAsync("");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Empty the form" })).ToHaveCountAsync(0);
        Assert.Equal(0, await page.DraftsAsync());

        await page.GetByLabel("About the room").FillAsync("A hall.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("1 entry has not been sent yet");
        Assert.Equal(1, await page.DraftsAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete and sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.DraftsAsync());
    }

    /// <summary>Offered the place that the application opened, and accepted.</summary>
    private async Task<(Person Person, Guid Assignment)> AssessorAsync(Guid facility)
    {
        var assessor = await Staff.NewVolunteerAsync();
        var id = await assessor.ApplyAsVolunteerAsync("Sunita");
        await Office.ScreenAsync(id);
        var opening = (await Eventually.BecomesAsync(() => Office.GetAsync<Page<Opening>>($"/api/volunteer/openings?facilityId={facility}&role=Assessor"), o => o.Items.Count == 1)).Items[0];
        var starts = opening.Starts.AddHours(1);
        var offer = await Office.PostAsync<VolunteerSteps.Named>($"/api/volunteer/openings/{opening.Id}/offers",
            new { volunteerId = id, shifts = new[] { new { starts, ends = starts.AddHours(2) } } });
        await assessor.PostAsync<VolunteerSteps.Named>($"/api/volunteer/assignments/{offer.Id}/accept");
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("enrollment", $"select count(*) from facility_helpers where id = '{offer.Id}'"), named => named == 1);
        return (assessor, offer.Id);
    }

    private Task<string> StateAsync(Guid facility) => Books.OneAsync<string>("enrollment", $"select state from facilities where id = '{facility}'");

    private Task<long> PassedAsync(Ground ground) => Books.OneAsync<long>("enrollment", $"select count(*) from checklist_marks where facility_id = '{ground.Facility}' and passed");

    private sealed record Opening(Guid Id, DateTimeOffset Starts);
}
