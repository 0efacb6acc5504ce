using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Testing;

namespace BetterConnections.Identity.Tests;

public class LogTests(FreshIdentityApp identity) : IClassFixture<FreshIdentityApp>
{
    [Fact]
    public async Task Nothing_secret_and_nobodys_name_is_logged_at_any_level()
    {
        const string mistyped = "wrong horse battery 8", chosen = "another horse 99";
        var administrator = identity.Administrator();
        var created = await administrator.PostAsync<OneTimePassword>("/api/identity/accounts", new { userName = IdentityApp.Email("new"), roles = new[] { Roles.Donor } });
        var userName = created.Account.UserName;
        await identity.Anonymous().PostAsync("/api/identity/me/password", new { userName, currentPassword = created.Password, newPassword = chosen });
        await identity.PasswordAsync(userName, mistyped).RefusesAsync("invalid_grant");
        var signedIn = await identity.SignInAsync(userName, chosen);
        var refreshed = await (await identity.RefreshAsync(signedIn.RefreshToken())).ReadAsync<JsonElement>();
        await identity.RefreshAsync(refreshed.RefreshToken());
        await identity.RefreshAsync(signedIn.RefreshToken()).RefusesAsync("invalid_grant");
        await administrator.PostAsync("/api/identity/accounts", new { userName, roles = new[] { Roles.Donor } });
        await identity.WithToken(refreshed.AccessToken()).GetAsync("/api/identity/me");
        var client = await administrator.PostAsync<ClientSecret>("/api/identity/clients", new { name = "Partner", scopes = new[] { "inventory.read" } });
        await identity.TokenAsync(("grant_type", "client_credentials"), ("client_id", client.Client.Id.ToString()), ("client_secret", client.Secret));

        var lines = identity.Logs.Lines;

        Assert.Contains(lines, l => l.Contains("/connect/token"));
        Assert.Contains(lines, l => l.Contains("A spent refresh token of account"));
        foreach (var secret in new[]
        {
            IdentityApp.Password, mistyped, chosen, created.Password, client.Secret, userName, identity.AdministratorName, signedIn.AccessToken(), refreshed.AccessToken(),
            signedIn.RefreshToken().Split('.')[1], refreshed.RefreshToken().Split('.')[1],
        })
            Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
