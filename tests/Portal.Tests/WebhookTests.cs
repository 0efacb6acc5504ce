using System.Text.RegularExpressions;
using BetterConnections.Testing;

namespace BetterConnections.Portal.Tests;

/// <summary>The programme office subscribes another system, and sees whether it is told.</summary>
public class WebhookTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task An_address_is_subscribed_tried_turned_off_sent_to_again_and_ended()
    {
        var address = $"https://{Guid.NewGuid():n}.invalid/hook"; // a name that never is: what is sent there fails
        var page = await AsAsync(Roles.ProgrammeOffice);
        await page.GotoAsync("/office/webhooks");
        await page.GetByLabel("Address").FillAsync("https://127.0.0.1/hook");
        var subscribe = page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" });
        await subscribe.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not on the public internet");
        await page.GetByLabel("Address").FillAsync(address);
        await page.GetByText("All events; choose some").ClickAsync();
        await page.GetByLabel("facility.opened", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("webhook.ping", new() { Exact = true }).CheckAsync();
        await page.HasNoViolationsAsync();
        await subscribe.ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync(address);
        var id = Guid.Parse(new Uri(page.Url).Segments[^1]);
        Assert.Equal("Active {facility.opened,webhook.ping}", await EndpointAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the secret" }).ClickAsync();
        await Expect(page.GetByText("whsec_")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        var row = page.Locator("tbody tr", new() { HasText = "webhook.ping" });
        await Expect(row).ToBeVisibleAsync();
        await Eventually.BecomesAsync(() => Books.OneAsync<int>("evaluation", $"select attempts from webhook_deliveries where endpoint_id = '{id}' and last_error is not null union all select 0 limit 1"), attempts => attempts > 0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(row).ToContainTextAsync("next attempt");
        await page.HasNoViolationsAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Turn on" })).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send again") }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Sent again: 1");
        Assert.Equal("Disabled {facility.opened,webhook.ping}", await EndpointAsync());
        Assert.Equal("Pending 0", await Books.OneAsync<string>("evaluation", $"select state || ' ' || attempts from webhook_deliveries where endpoint_id = '{id}'"));

        await page.GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync("/office/webhooks");
        await Expect(page.GetByText(address)).ToHaveCountAsync(0);
        Assert.Equal(0, await Books.OneAsync<long>("evaluation", $"select count(*) from webhook_endpoints where id = '{id}'"));

        Task<string> EndpointAsync() => Books.OneAsync<string>("evaluation", $"select state || ' ' || types::text from webhook_endpoints where id = '{id}'");
    }
}
