using System.Net;
using System.Text.Json;
using BetterConnections.Identity.Accounts;
using BetterConnections.Testing;

namespace BetterConnections.Identity.Tests.Tokens;

/// <summary>The tests of one class run one after the other, so each may move this app's clock.</summary>
public class LockoutTests(FreshIdentityApp identity) : IClassFixture<FreshIdentityApp>
{
    private const string Wrong = "wrong horse battery 8";

    private async Task<Account> LockedAsync()
    {
        var account = await identity.AccountAsync();
        for (var i = 0; i < 5; i++) await identity.PasswordAsync(account.UserName!, Wrong).RefusesAsync("invalid_grant");
        return account;
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour()
    {
        var account = await LockedAsync();
        var refused = await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");
        Assert.Equal(await identity.PasswordAsync(account.UserName!, Wrong).RefusesAsync("invalid_grant"), refused);

        identity.Clock.Advance(TimeSpan.FromMinutes(14));
        await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");
        identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await identity.SignInAsync(account.UserName!);
    }

    [Fact]
    public async Task Guessing_on_during_a_lock_does_not_prolong_it()
    {
        var account = await LockedAsync();
        identity.Clock.Advance(TimeSpan.FromMinutes(14));
        for (var i = 0; i < 6; i++) await identity.PasswordAsync(account.UserName!, Wrong).RefusesAsync("invalid_grant");
        identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await identity.SignInAsync(account.UserName!);
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        var account = await identity.AccountAsync();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) await identity.PasswordAsync(account.UserName!, Wrong).RefusesAsync("invalid_grant");
            await identity.SignInAsync(account.UserName!);
        }
    }

    [Fact]
    public async Task Guesses_side_by_side_are_all_counted()
    {
        var account = await identity.AccountAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => identity.PasswordAsync(account.UserName!, Wrong)));

        await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task Changing_the_password_counts_wrong_ones_too()
    {
        var account = await identity.AccountAsync();
        for (var i = 0; i < 5; i++)
            await identity.Anonymous().PostAsync("/api/identity/me/password", new { account.UserName, currentPassword = Wrong, newPassword = "another horse 99" })
                .RefusesAsync(HttpStatusCode.Forbidden, "password_wrong");

        await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task The_programme_office_ends_a_lock_before_its_time()
    {
        var account = await LockedAsync();

        await identity.Administrator().PostAsync<JsonElement>($"/api/identity/accounts/{account.Id}/unlock");

        await identity.SignInAsync(account.UserName!);
    }
}
