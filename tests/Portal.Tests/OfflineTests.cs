using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>The shell without a connection. What the rooms record meanwhile is theirs to test.</summary>
public class OfflineTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task The_portal_opens_without_a_connection_on_a_phone_that_had_it_open_before()
    {
        var page = await OnPhone().AsAsync(Roles.Volunteer);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await page.GoOfflineAsync();
        await page.ReloadAsync();

        await Expect(page.Heading()).ToHaveTextAsync("What is waiting for you");
        var told = page.GetByText("No connection");
        await Expect(told).ToBeVisibleAsync();
        await page.GoOnlineAsync();
        await Expect(told).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_page_that_could_not_be_read_comes_by_itself_when_the_connection_is_back()
    {
        var volunteer = await Staff.NewVolunteerAsync();
        await volunteer.ApplyAsVolunteerAsync("Kamala");
        var page = await OnPhone().Permitting("net::ERR_FAILED").AsAsync(volunteer);
        await page.IsInstalledAsync();
        await page.GoOfflineAsync();
        await page.GotoAsync("/volunteer/profile");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no connection");
        await page.GoOnlineAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Kamala");
    }

    [Fact]
    public async Task A_connection_on_which_nothing_is_answered_holds_up_neither_the_portal_nor_what_the_phone_has_copies_of()
    {
        var page = await OnPhone().WithoutServiceWorker().AsAsync(Roles.Volunteer);
        await page.GotoAsync("/volunteer");
        await page.KeepsAsync("assignments");
        foreach (var asked in (string[])["**/session", "**/api/**"]) await page.RouteAsync(asked, _ => Task.CompletedTask);
        await page.ReloadAsync();
        await Expect(page.GetByText("because there is no connection")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_language_that_was_chosen_is_there_without_a_connection_also_after_an_update_and_no_other_is_fetched()
    {
        var page = await OnPhone().Permitting("net::ERR_FAILED").AsAsync(Roles.Volunteer); // of the language that is not there
        var (language, choice) = (page.Locator("html"), page.Locator("#menu select").First);
        await page.Locator(".menu-button").ClickAsync();
        await choice.SelectOptionAsync("ur");
        await Expect(language).ToHaveAttributeAsync("lang", "ur");
        await KeepsLanguageAsync("ur");
        await page.GoOfflineAsync();
        await page.GotoAsync($"/facilities/{Guid.NewGuid()}/needs"); // nobody was in this room before
        await Expect(page.Heading()).ToHaveTextAsync("ضروریات کا جائزہ");
        await page.Locator(".menu-button").ClickAsync();
        await choice.SelectOptionAsync("hi");
        await Expect(page.Locator(".notice")).ToContainTextAsync("کنکشن نہیں ہے۔");
        await Expect(choice).ToHaveValueAsync("ur");
        await Expect(language).ToHaveAttributeAsync("lang", "ur");
        await page.GoOnlineAsync();

        // As an earlier build left the phone, when the service worker of this one comes. In English, for which the page asks for nothing.
        await page.EvaluateAsync("""
            async () => {
                localStorage.setItem('language', 'en');
                const cache = await caches.open('languages');
                const [file] = await cache.keys();
                await cache.put(file.url.replace(/language-ur-.*/, 'language-ur-earlier.js'), await cache.match(file));
                await cache.delete(file);
                await (await navigator.serviceWorker.getRegistration()).unregister();
            }
            """);
        await page.GotoAsync("/session"); // no page of the portal
        await page.GotoAsync("/");
        await Expect(language).ToHaveAttributeAsync("lang", "en");
        await KeepsLanguageAsync("ur");
        await page.EvaluateAsync("localStorage.setItem('language', 'ur')");
        await page.GoOfflineAsync();
        await page.ReloadAsync();
        await Expect(page.Heading()).ToHaveTextAsync("آپ کے لیے کیا ہے");

        // In any cache, and of no earlier build.
        Task KeepsLanguageAsync(string kept) => Eventually.BecomesAsync(() => page.EvaluateAsync<string>("""
            async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((file) => file.url))))
                .flat().filter((url) => url.includes('/language-')).map((url) => url.endsWith('-earlier.js') ? 'earlier' : url.match(/language-([a-z]+)/)[1]).join(' ')
            """), languages => languages == kept);
    }

    [Fact]
    public async Task A_page_whose_script_does_not_come_says_so_without_a_connection_and_is_loaded_anew_with_one()
    {
        var page = await OnDesktop().WithoutServiceWorker().AsAsync(Roles.Logistics);
        await Expect(page.Heading()).ToBeVisibleAsync();
        var stock = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true });
        await page.GoOfflineAsync();
        await stock.ClickAsync();
        await Expect(page.GetByText("There is no connection. Look again when there is one.")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync("/");

        await page.GoOnlineAsync();
        await page.RouteAsync("**/assets/warehouse/DevicesPage-*.js", route => page.Url.EndsWith("/stock", StringComparison.Ordinal) ? route.ContinueAsync() : route.AbortAsync("internetdisconnected"));
        await stock.ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("Devices");
    }
}
