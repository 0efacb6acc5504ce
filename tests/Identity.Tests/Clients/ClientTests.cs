using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Identity.Clients;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace BetterConnections.Identity.Tests.Clients;

public class ClientTests(IdentityApp identity)
{
    private const string Clients = "/api/identity/clients";
    private readonly HttpClient _office = identity.Administrator();

    private Task<ClientSecret> ClientAsync(params string[] scopes) =>
        _office.PostAsync<ClientSecret>(Clients, new { name = $"Partner {Guid.NewGuid():n}", scopes });

    private Task<HttpResponseMessage> TokenAsync(ClientSecret client, string? scope = null) => identity.TokenAsync(
    [
        ("grant_type", "client_credentials"), ("client_id", client.Client.Id.ToString()), ("client_secret", client.Secret), .. scope is null ? [] : new[] { ("scope", scope) },
    ]);

    [Fact]
    public async Task A_partner_system_gets_a_token_with_the_scopes_it_was_given_or_asks_for()
    {
        var client = await ClientAsync("inventory.read", "identity.read");

        var all = await (await TokenAsync(client)).ReadAsync<JsonElement>();
        Assert.Equal("identity.read inventory.read", all.GetProperty("scope").GetString());
        Assert.False(all.TryGetProperty("refresh_token", out _));
        var token = new JsonWebToken(all.AccessToken());
        Assert.Equal((client.Client.Id.ToString(), "identity.read inventory.read"), (token.Subject, token.GetPayloadValue<string>("scope")));
        Assert.False(token.TryGetPayloadValue<string>("role", out _));

        var some = await (await TokenAsync(client, "inventory.read")).ReadAsync<JsonElement>();
        Assert.Equal("inventory.read", new JsonWebToken(some.AccessToken()).GetPayloadValue<string>("scope"));
    }

    [Fact]
    public async Task Http_basic_does_as_well_as_the_form_but_not_both()
    {
        var client = await ClientAsync("inventory.read");
        var http = identity.Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.Client.Id}:{client.Secret}")));

        await (await http.PostAsync("/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials")]))).ReadAsync<JsonElement>();
        await http.PostAsync("/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_secret", client.Secret)])).RefusesAsync("invalid_request");

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "not base64!");
        await http.PostAsync("/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials")])).RefusesAsync("invalid_client", 401);
    }

    [Fact]
    public async Task A_scope_that_the_client_does_not_have_is_refused()
    {
        var client = await ClientAsync("inventory.read");
        await TokenAsync(client, "inventory.read inventory.write").RefusesAsync("invalid_scope");
        await TokenAsync(client, "everything").RefusesAsync("invalid_scope");
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_client_get_the_same_answer()
    {
        var client = await ClientAsync("inventory.read");

        Assert.Equal(
            await TokenAsync(client with { Secret = Secret.Create() }).RefusesAsync("invalid_client", 401),
            await TokenAsync(client with { Client = client.Client with { Id = Guid.NewGuid() } }).RefusesAsync("invalid_client", 401));
    }

    [Fact]
    public async Task A_rotated_secret_replaces_the_old_one_and_a_deleted_client_is_shut_out()
    {
        var client = await ClientAsync("inventory.read");

        var rotated = await _office.PostAsync<ClientSecret>($"{Clients}/{client.Client.Id}/rotate-secret");
        await TokenAsync(client).RefusesAsync("invalid_client", 401);
        await (await TokenAsync(rotated)).ReadAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.NoContent, (await _office.DeleteAsync($"{Clients}/{client.Client.Id}")).StatusCode);
        await TokenAsync(rotated).RefusesAsync("invalid_client", 401);
        await _office.DeleteAsync($"{Clients}/{client.Client.Id}").RefusesAsync(HttpStatusCode.NotFound, "client_unknown");
        await _office.PostAsync($"{Clients}/{client.Client.Id}/rotate-secret", new { }).RefusesAsync(HttpStatusCode.NotFound, "client_unknown");
    }

    [Fact]
    public async Task The_secret_is_stored_as_a_hash_and_never_shown_again()
    {
        var client = await ClientAsync("inventory.read");

        Assert.DoesNotContain(client.Secret, await _office.GetStringAsync($"{Clients}?limit=200"));
        var stored = await identity.InDbAsync(db => db.Clients.SingleAsync(c => c.Id == client.Client.Id));
        Assert.DoesNotContain(client.Secret, Encoding.UTF8.GetString(stored.SecretHash));
    }

    [Fact]
    public async Task A_partner_system_reads_accounts_with_the_scope_for_it_and_changes_none()
    {
        var reader = identity.WithToken((await (await TokenAsync(await ClientAsync("identity.read"))).ReadAsync<JsonElement>()).AccessToken());
        var other = identity.WithToken((await (await TokenAsync(await ClientAsync("inventory.write"))).ReadAsync<JsonElement>()).AccessToken());

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/identity/accounts?limit=1")).StatusCode);
        await other.GetAsync("/api/identity/accounts").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await reader.PostAsync("/api/identity/accounts", new { userName = IdentityApp.Email("x"), roles = new[] { Roles.Donor } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await reader.GetAsync("/api/identity/me").RefusesAsync(HttpStatusCode.NotFound, "account_unknown");
    }

    [Fact]
    public async Task Only_the_programme_office_lets_partner_systems_in_and_only_with_scopes_there_are()
    {
        await (await identity.AsAsync(Roles.Operator)).PostAsync(Clients, new { name = "Mine", scopes = new[] { "inventory.read" } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync(Clients, new { name = "Partner", scopes = new[] { "inventory.destroy" } }).RefusesAsync(HttpStatusCode.BadRequest, "scope_unknown");
        await _office.PostAsync(Clients, new { name = "", scopes = new[] { "inventory.read" } }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        var taken = (await ClientAsync("inventory.read")).Client.Name;
        await _office.PostAsync(Clients, new { name = taken, scopes = new[] { "inventory.read" } }).RefusesAsync(HttpStatusCode.Conflict, "client_name_taken");
        Assert.Contains((await _office.GetAsync<Page<ClientView>>($"{Clients}?limit=200")).Items, c => c.Name == taken);
    }
}
