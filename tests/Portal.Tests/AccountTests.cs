namespace BetterConnections.Portal.Tests;

/// <summary>The programme office gives accounts, changes what they may do, and takes them back.</summary>
public class AccountTests(Portal portal) : PortalTest(portal)
{
    [Fact]
    public async Task Who_is_invited_gets_a_password_for_one_time_and_chooses_another()
    {
        var (page, userName) = (await AsAsync(Roles.ProgrammeOffice), $"invited-{Guid.NewGuid():n}@example.org");
        await page.GotoAsync("/office/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = "New account" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("New account"); // the page before it looks for addresses too
        await page.GetByLabel("E-mail address").FillAsync(userName);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync(); // without a role
        await page.GetByLabel("Warehouse").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        var password = await page.Locator("code").InnerTextAsync();
        await page.HasNoViolationsAsync();
        Assert.Equal(["logistics"], await Books.OneAsync<string[]>("identity", $"select roles from accounts where user_name = '{userName}' and enabled"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Account", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByText("No password chosen yet")).ToBeVisibleAsync();
        await Expect(page.GetByText(password)).ToHaveCountAsync(0);

        var theirs = await SignedOutAsync();
        await theirs.GotoAsync("/sign-in");
        await theirs.FillInAsync(userName, password);
        await theirs.Locator("input[autocomplete=new-password]").FillAsync("a walk along the corniche 9");
        await theirs.Locator("main form [type=submit]").ClickAsync();
        await Expect(theirs.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Stock counts" })).ToBeVisibleAsync(); // the warehouse's own
    }

    [Fact]
    public async Task A_donors_account_belongs_to_its_donor()
    {
        var (given, page, userName) = (await Whole.GivenByDonorAsync(), await AsAsync(Roles.ProgrammeOffice), $"giver-{Guid.NewGuid():n}@example.org");
        await page.GotoAsync("/office/accounts/new");
        await page.GetByLabel("E-mail address").FillAsync(userName);
        await page.GetByLabel("Donor").CheckAsync();
        await page.GetByLabel("Organisation").SelectOptionAsync(given.Donor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.Locator("code")).ToBeVisibleAsync();
        var donor = await Books.OneAsync<Guid>("inventory", $"select donor_id from donations where id = '{given.Donation}'");
        Assert.Equal(donor, await Books.OneAsync<Guid>("identity", $"select organisation_id from accounts where user_name = '{userName}'"));
    }

    [Fact]
    public async Task Roles_are_changed_a_password_is_given_anew_and_who_is_disabled_is_signed_out_and_stays_out()
    {
        var (evaluator, page) = (await Staff.HireAsync(Roles.Evaluator), await AsAsync(Roles.ProgrammeOffice));
        await AsAsync(evaluator); // signed in
        var id = await Books.AccountAsync(evaluator);
        await page.GotoAsync("/office/accounts");
        await page.GetByLabel("E-mail address begins with").FillAsync(evaluator.UserName[..30]);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = evaluator.UserName }).ClickAsync();
        await page.GetByLabel("Training partner").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved.");
        Assert.Equal(["evaluator", "training-partner"], await Books.OneAsync<string[]>("identity", $"select roles from accounts where id = '{id}'"));

        Assert.NotEqual(0, await SessionsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Give a new password" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Give a new password" }).ClickAsync();
        await Expect(page.Locator("code")).ToBeVisibleAsync();
        Assert.Equal(0, await SessionsAsync());

        await Expect(page.GetByText("Handed out, good until")).ToBeVisibleAsync();
        await page.GetByLabel("Training partner").UncheckAsync(); // and not saved
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(page.GetByText("Let it sign in again")).ToBeVisibleAsync();
        Assert.False(await Books.OneAsync<bool>("identity", $"select enabled from accounts where id = '{id}'"));
        Assert.Equal(["evaluator", "training-partner"], await Books.OneAsync<string[]>("identity", $"select roles from accounts where id = '{id}'"));
        await page.LooksLikeAsync("office-account");

        Task<long> SessionsAsync() => Books.OneAsync<long>("identity", $"select count(*) from sessions where account_id = '{id}' and ended_at is null and expires_at > now()");
    }
}
