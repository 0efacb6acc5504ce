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
