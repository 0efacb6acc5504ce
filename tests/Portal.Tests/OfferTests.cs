namespace BetterConnections.Portal.Tests;

/// <summary>A volunteer is asked to help, and answers.</summary>
public class OfferTests(Portal portal, Teacher teacher) : PortalTest(portal), IClassFixture<Teacher>
{
    [Fact]
    public async Task In_Arabic_on_a_phone_an_offer_waits_at_the_start_and_is_accepted()
    {
        var offer = await teacher.OfferAsync(TimeSpan.FromDays(1));
        var page = await OnPhone().InArabic().AsAsync(teacher.Person);
        await page.GetByRole(AriaRole.Link, new() { Name = "عرض واحد ينتظر ردّك" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "معروض عليك" })).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        Assert.Equal(0, await page.SidewaysAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "قبول" }).ClickAsync();
        await Expect(page.GetByText("تم القبول. شكرًا لك!")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "معروض عليك" })).ToBeHiddenAsync();
        Assert.Equal("Accepted", await Books.OneAsync<string>("volunteer", $"select state from assignments where id = '{offer}'"));
    }

    [Fact]
    public async Task An_offer_is_declined_with_a_reason()
    {
        var offer = await teacher.OfferAsync(TimeSpan.FromDays(2));
        var page = await OnPhone().AsAsync(teacher.Person);
        await page.GotoAsync("/volunteer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("I travel that week.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(page.GetByText("Declined.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Offered to you" })).ToBeHiddenAsync();
        Assert.Equal("Declined: I travel that week.", await Books.OneAsync<string>("volunteer", $"select state || ': ' || why from assignments where id = '{offer}'"));
    }
}
