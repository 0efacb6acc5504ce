using System.Net;
using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>A volunteer's questionnaires on a phone: found in the portal, filled in with the web form, which opens without a connection too.</summary>
public partial class SurveyTests(Portal portal) : PortalTest(portal)
{
    /// <param name="Label">Of the collector.</param>
    /// <param name="Facility">Code.</param>
    private sealed record Asked(Person Volunteer, string Label, string Facility);

    [GeneratedRegex("/openrosa/key/[^/]+/projects/1/web#")]
    private static partial Regex WebForm();

    [Fact]
    public async Task An_interview_filled_in_without_a_connection_survives_a_closed_browser_and_counts_exactly_once()
    {
        var asked = await AskAsync();
        var page = await OpenAsync(asked);
        await Expect(Question(page, "Facility")).ToBeVisibleAsync();
        var address = page.Url;
        await page.CloseAsync();
        await page.GoOfflineAsync();

        page = await AgainAsync(page);
        Assert.Equal(address, page.Url);
        await FillInAsync(page, asked);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Not sent yet: 1.")).ToBeVisibleAsync();
        await page.LooksLikeAsync("survey-not-sent");
        Assert.Equal(0, await StoredAsync(asked));
        await page.CloseAsync();

        page = await page.Context.NewPageAsync();
        await page.GotoAsync("/volunteer/surveys");
        await Expect(page.GetByText("One interview is on this phone and not sent yet.")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("surveys-unsent");
        await page.GoOnlineAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Open {asked.Label}" }).ClickAsync();
        await Eventually.BecomesAsync(() => StoredAsync(asked), stored => stored == 1);

        await page.GetByRole(AriaRole.Link, new() { Name = "To the portal" }).ClickAsync();
        await Expect(page.GetByText("Last fetched:")).ToBeVisibleAsync();
        await Expect(page.GetByText("not sent yet")).ToBeHiddenAsync();
        page = await AgainAsync(page);
        await Expect(Question(page, "Facility")).ToBeVisibleAsync();
        Assert.Equal(1, await StoredAsync(asked));
    }

    [Fact]
    public async Task What_is_typed_on_a_phone_with_digits_of_its_own_is_stored_as_the_number_that_was_meant()
    {
        var asked = await AskAsync();
        var page = await OpenAsync(asked, OnPhone().InArabic(), "افتح على هذا الهاتف");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await FillInAsync(page, asked, "11", "10", "٩", "15");
        await Question(page, "Is the modem online?").GetByText("Yes", new() { Exact = true }).ClickAsync();
        await NumberAsync(page, "Download speed, in Mbit/s", "22.5");
        await NumberAsync(page, "Upload speed, in Mbit/s", "٢٫٥");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Eventually.BecomesAsync(() => StoredAsync(asked), stored => stored == 1);
        Assert.Equal([11, 10, 9, 15, 22.5m, 2.5m], await Books.ColumnAsync<decimal>("evaluation",
            $"select (answers ->> name)::numeric from submissions, unnest(array['OB1', 'OB2', 'OB3', 'OB4', 'OB8', 'OB9']) with ordinality as q(name, place) where sent_by = 'collector {asked.Label}' order by place"));
    }

    [Fact]
    public async Task What_waits_on_a_phone_whose_address_ended_goes_out_with_the_next_one_and_counts_once()
    {
        var asked = await AskAsync();
        var page = await OpenAsync(asked);
        await Expect(Question(page, "Facility")).ToBeVisibleAsync();
        var address = page.Url;
        await page.GoOfflineAsync();
        await FillInAsync(page, asked);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Not sent yet: 1.")).ToBeVisibleAsync();
        await page.CloseAsync();
        await Expect(Question(await OpenAsync(asked, OnPhone().InArabic(), "افتح على هذا الهاتف"), "المركز")).ToBeVisibleAsync(); // another phone
        await page.GoOnlineAsync();

        page = await AgainAsync(page);
        Assert.NotEqual(address, page.Url);
        await Eventually.BecomesAsync(() => StoredAsync(asked), stored => stored == 1);
        await page.ReloadAsync();
        await Expect(Question(page, "Facility")).ToBeVisibleAsync();
        await Expect(page.GetByText("Not sent yet")).ToBeHiddenAsync();
        Assert.Equal(1, await StoredAsync(asked));
    }

    [Fact]
    public async Task After_sign_out_no_answer_and_no_list_stays_on_the_phone_and_its_address_opens_nothing()
    {
        var asked = await AskAsync();
        var page = await OpenAsync(asked);
        await NumberAsync(page, "For how many hours was the lab open in the last seven days?", "40");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the portal" }).ClickAsync();
        await Expect(page.GetByText("One interview is on this phone and not sent yet.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go on with:" })).ToBeVisibleAsync();
        var server = page.Url.Split("/web#")[0];
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByText("1 entry has not been sent yet.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete and sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Become a volunteer" }).First).ToBeVisibleAsync();

        var left = await page.EvaluateAsync<string>("""
            async () => JSON.stringify([await indexedDB.databases(), await Promise.all((await caches.keys()).map(async (k) => [k, (await (await caches.open(k)).keys()).map((r) => r.url)]))])
            """);
        Assert.DoesNotContain("webform", left);
        Assert.DoesNotContain("/openrosa/key/", left);
        Assert.Empty(await page.StoredAsync("kept"));
        using var stranger = Whole.Stranger();
        await Eventually.BecomesAsync(async () => (await stranger.GetAsync($"{server}/formList", TestContext.Current.CancellationToken)).StatusCode, status => status == HttpStatusCode.Forbidden);
        Assert.Equal(0, await StoredAsync(asked));
    }

    /// <summary>An evaluator gives a screened volunteer the checklist of a facility, by its number.</summary>
    private async Task<Asked> AskAsync()
    {
        var (facility, volunteer, label) = (await Whole.FacilityToSurveyAsync(), await Staff.NewVolunteerAsync(), $"Checklist {Guid.NewGuid():n}"[..20]);
        var id = await volunteer.ApplyAsVolunteerAsync("Sunita");
        await Office.ScreenAsync(id);
        await Eventually.BecomesAsync(() => Books.OneAsync<long>("evaluation", $"select count(*) from volunteers where id = '{id}'"), known => known == 1);
        var number = await Books.OneAsync<string>("volunteer", $"select number from volunteers where id = '{id}'");

        var page = await AsAsync(Roles.Evaluator);
        await page.GotoAsync("/evaluation/collectors");
        await page.GetByLabel("Name of the phone").FillAsync(label);
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^I7 ") }).CheckAsync();
        await page.GetByLabel("Facilities").FillAsync(facility);
        await page.GetByLabel("Number of a volunteer").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the code" }).ClickAsync();
        await Expect(page.GetByText($"{label} is ready to scan")).ToBeVisibleAsync();
        return new(volunteer, label, facility);
    }

    /// <summary>The web form, opened from the portal for the first time.</summary>
    private async Task<IPage> OpenAsync(Asked asked, Visit? phone = null, string button = "Open on this phone")
    {
        // What the portal fetches anew goes through the service worker, which says no more than this where there is no connection.
        var page = await (phone ?? OnPhone()).Permitting("net::ERR_FAILED").AsAsync(asked.Volunteer);
        await page.IsInstalledAsync();
        await page.GotoAsync("/volunteer/surveys");
        await Expect(page.GetByText(asked.Facility)).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.LooksLikeAsync("surveys");
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(page).ToHaveURLAsync(WebForm());
        return page;
    }

    private static async Task<IPage> AgainAsync(IPage closed)
    {
        var page = await closed.Context.NewPageAsync();
        await page.GotoAsync("/volunteer/surveys");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Open ") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(WebForm());
        return page;
    }

    private static ILocator Question(IPage page, string label) =>
        page.Locator(".question-container").Filter(new() { Has = page.GetByText(label, new() { Exact = true }) });

    private static async Task NumberAsync(IPage page, string question, string number)
    {
        await Question(page, question).Locator("input").PressSequentiallyAsync(number);
        await Question(page, question).Locator("input").PressAsync("Tab");
    }

    private static async Task FillInAsync(IPage page, Asked asked, string hours = "40", string computers = "10", string working = "9", string people = "4")
    {
        await Question(page, "Facility").Locator(".p-select").ClickAsync();
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = asked.Facility }).ClickAsync();
        await NumberAsync(page, "For how many hours was the lab open in the last seven days?", hours);
        await NumberAsync(page, "How many computers stand in the lab?", computers);
        await NumberAsync(page, "How many of them work?", working);
        await NumberAsync(page, "How many people are in the lab now?", people);
        foreach (var (question, answer) in new[]
        {
            ("Can the learning materials be opened on the computers?", "Yes"), ("Which troubles do you see?", "None of these"),
            ("Is the modem online?", "No"), ("Did you watch a session?", "No"),
        })
            await Question(page, question).GetByText(answer, new() { Exact = true }).ClickAsync();
    }

    private Task<long> StoredAsync(Asked asked) => Books.OneAsync<long>("evaluation", $"select count(*) from submissions where sent_by = 'collector {asked.Label}'");
}
