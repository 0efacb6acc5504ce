using System.Text.Json;

namespace BetterConnections.Portal.Tests;

/// <summary>How people come in, stay and leave.</summary>
public class SignInTests(Portal portal) : PortalTest(portal)
{
    private const string NewPassword = "seven pearls in a dhow";

    [Fact]
    public async Task Who_signs_in_comes_to_the_page_they_asked_for_and_no_script_can_read_what_they_are_signed_in_by()
    {
        var person = await Staff.HireAsync(Roles.Logistics);
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/search?q=BC-1");
        await page.FillInAsync(person.UserName, person.Password);

        await Expect(page).ToHaveURLAsync("/search?q=BC-1");
        var cookie = Assert.Single(await page.Context.CookiesAsync());
        Assert.True(cookie is { Name: "bc-session", HttpOnly: true, SameSite: SameSiteAttribute.Strict, Path: "/" }, $"{cookie.Name} {cookie.HttpOnly} {cookie.SameSite} {cookie.Path}");
        Assert.DoesNotContain("eyJ", cookie.Value); // how every JWT begins
        var readable = await page.EvaluateAsync<string>("JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])");
        Assert.DoesNotContain("bc-session", readable);
        Assert.DoesNotContain("eyJ", readable);
    }

    [Fact]
    public async Task An_operator_finds_the_way_to_the_services_and_no_search_that_could_find_nothing()
    {
        var page = await AsAsync(Roles.Operator);
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Operations" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        await Expect(page).ToHaveURLAsync("/ops");
        await Expect(page.Heading()).ToHaveTextAsync("Operations");
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_opens_nothing()
    {
        var person = await Staff.HireAsync(Roles.Evaluator);
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/sign-in");
        await page.FillInAsync(person.UserName, "not my password at all");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The e-mail address or the password is not right");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync(person.UserName);
        Assert.False((await SessionAsync(page)).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task Who_signs_out_is_out_here_and_at_the_issuer_and_nothing_of_theirs_stays_in_the_browser()
    {
        var person = await Staff.HireAsync(Roles.Logistics);
        var page = await AsAsync(person);
        var id = (await SessionAsync(page)).GetProperty("id").GetGuid();
        Assert.Equal(1, await OpenSessionsAsync(id));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(0, await OpenSessionsAsync(id));
        Assert.False((await SessionAsync(page)).GetProperty("signedIn").GetBoolean());
        Assert.DoesNotContain($"{id}", await page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"));
        await page.GotoAsync("/account");
        await Expect(page).ToHaveURLAsync("/sign-in?returnTo=/account");
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_the_choice_of_ones_own()
    {
        var invited = await Staff.InviteAsync(Roles.TrainingPartner);
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/sign-in");
        await page.FillInAsync(invited.UserName, invited.Password);

        await Expect(page.Heading()).ToHaveTextAsync("Change password");
        Assert.False((await SessionAsync(page)).GetProperty("signedIn").GetBoolean());
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Expect(page.Heading()).ToHaveTextAsync("What is waiting for you");
        Assert.Equal(0, await Books.OneAsync<long>("identity", $"select count(*) from accounts where user_name = '{invited.UserName}' and one_time_until is not null"));
    }

    [Theory]
    [InlineData("Register as an employer", Roles.Employer)]
    [InlineData("Become a volunteer", Roles.Volunteer)]
    public async Task Who_is_new_registers_and_is_signed_in(string link, string role)
    {
        var name = $"new-{Guid.NewGuid():n}@example.org";
        var page = await SignedOutAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();

        await Expect(page.Heading()).ToHaveTextAsync("What is waiting for you");
        Assert.Equal([role], (await SessionAsync(page)).GetProperty("roles").EnumerateArray().Select(r => r.GetString()!));
        Assert.Equal(1, await Books.OneAsync<long>("identity", $"select count(*) from accounts where user_name = '{name}'"));
    }

    [Fact]
    public async Task In_Arabic_on_a_phone_one_signs_in_and_out_too()
    {
        var person = await Staff.HireAsync(Roles.Logistics);
        var page = await OnPhone().InArabic().NowhereYetAsync();
        await page.GotoAsync("/account");
        await page.FillInAsync(person.UserName, person.Password);

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(person.UserName);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await page.Locator(".menu-button").ClickAsync();
        await page.Locator("#menu button:not([type=submit])").ClickAsync();
        await Expect(page).ToHaveURLAsync("/");
        Assert.False((await SessionAsync(page)).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_come_in()
    {
        var person = await Staff.HireAsync(Roles.Logistics);
        var page = await OnDesktop().NowhereYetAsync();
        await page.GotoAsync("/sign-in");
        await Expect(page.Heading()).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go to the content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(person.UserName);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(person.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading()).ToHaveTextAsync("What is waiting for you");
        await Expect(page.Heading()).ToBeFocusedAsync(); // so that a screen reader begins there
    }

    [Fact]
    public async Task A_chosen_language_stays_when_the_page_is_loaded_again()
    {
        var page = await SignedOutAsync();
        await page.GetByLabel("Language").SelectOptionAsync("ar");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await Expect(page.Heading()).Not.ToHaveTextAsync("Computers, internet and training where workers live");
    }

    private static async Task<JsonElement> SessionAsync(IPage page) => (await (await page.Context.APIRequest.GetAsync("/session")).JsonAsync())!.Value;

    private Task<long> OpenSessionsAsync(Guid account) => Books.OneAsync<long>("identity", $"select count(*) from sessions where account_id = '{account}' and ended_at is null");
}
