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
        var page = await OnPhone().AsAsync(Roles.Volunteer);
        await page.GotoAsync("/volunteer");
        await page.KeepsAsync("assignments");
        await page.IsInstalledAsync();
        foreach (var asked in (string[])["**/session", "**/api/**"]) await page.RouteAsync(asked, _ => Task.CompletedTask);
        await page.ReloadAsync();
        await Expect(page.GetByText("because there is no connection")).ToBeVisibleAsync();
    }
}
