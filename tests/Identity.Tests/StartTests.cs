using System.Net;
using System.Text.Json;
using BetterConnections.Identity.Accounts;
using BetterConnections.Testing;
using Npgsql;

namespace BetterConnections.Identity.Tests;

public class StartTests(IdentityApp identity)
{
    [Theory]
    [InlineData("Identity:Issuer", "", "Identity:Issuer")]
    [InlineData("Identity:Issuer", "better-connections", "Identity:Issuer")]
    [InlineData("Identity:KeyEncryptionKey", "too short", "Identity:KeyEncryptionKey")]
    [InlineData("Identity:KeyPublishedAhead", "40.00:00:00", "Identity:KeyPublishedAhead")]
    public async Task It_does_not_start_without_the_settings_it_needs(string name, string value, string named)
    {
        await using var replica = identity.Replica((name, value));
        Assert.Contains(named, Assert.ThrowsAny<Exception>(replica.CreateClient).Message);
    }

    [Fact]
    public async Task A_first_administrator_is_made_only_where_there_is_no_account_at_all()
    {
        var late = IdentityApp.Email("late");
        await using (var replica = identity.Replica(("Identity:FirstAdministrator:UserName", late), ("Identity:FirstAdministrator:Password", IdentityApp.Password)))
            Assert.Equal(HttpStatusCode.OK, (await replica.CreateClient().GetAsync("/health")).StatusCode);

        await identity.PasswordAsync(late).RefusesAsync("invalid_grant");
        var first = await identity.Administrator().GetAsync<AccountView>("/api/identity/me");
        Assert.Equal((identity.AdministratorName, "operator programme-office"), (first.UserName, string.Join(' ', first.Roles)));
    }

    [Fact]
    public async Task Told_to_migrate_it_prepares_an_empty_database_and_ends()
    {
        await using var database = await TestDatabase.EmptyAsync();
        string[] settings = [$"--ConnectionStrings:identitydb={database.ConnectionString}", $"--Identity:Issuer={IdentityApp.Issuer}",
            "--Identity:FirstAdministrator:UserName=first", $"--Identity:FirstAdministrator:Password={IdentityApp.Password}"];

        // It would serve for ever otherwise.
        await Task.Run(() => typeof(Program).Assembly.EntryPoint!.Invoke(null, [(string[])[.. settings, "--migrate"]]), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var accounts = new NpgsqlCommand("select string_agg(user_name, ' ') from accounts", connection);
        Assert.Equal("first", await accounts.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Discovery_says_the_issuer_as_set_and_the_addresses_as_they_are_reached()
    {
        var inside = await identity.Anonymous().GetAsync<JsonElement>("/.well-known/openid-configuration");
        var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration") { Headers = { { "X-Forwarded-Host", "public.example" }, { "X-Forwarded-Proto", "https" } } };
        var outside = await (await identity.Anonymous().SendAsync(request)).ReadAsync<JsonElement>();

        Assert.Equal((IdentityApp.Issuer, IdentityApp.Issuer), (inside.GetProperty("issuer").GetString(), outside.GetProperty("issuer").GetString()));
        Assert.Equal("http://localhost/.well-known/jwks.json", inside.GetProperty("jwks_uri").GetString());
        Assert.Equal("https://public.example/connect/token", outside.GetProperty("token_endpoint").GetString());
    }

    [Fact]
    public async Task It_says_that_it_is_alive_and_healthy_to_anybody()
    {
        Assert.Equal(HttpStatusCode.OK, (await identity.Anonymous().GetAsync("/alive")).StatusCode);
        Assert.Equal("Healthy", (await identity.Anonymous().GetAsync<JsonElement>("/health")).GetProperty("status").GetString());
    }
}
