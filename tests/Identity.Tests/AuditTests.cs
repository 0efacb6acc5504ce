using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Postgres.Audit;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Tests;

public class AuditTests(IdentityApp identity)
{
    private const string SignIn = "POST /connect/token";

    [Fact]
    public async Task Sign_ins_and_failed_ones_are_recorded_with_the_account_and_without_its_name()
    {
        var account = await identity.AccountAsync();
        await identity.PasswordAsync(account.UserName!, "wrong horse battery 8").RefusesAsync("invalid_grant");
        var signedIn = await identity.SignInAsync(account.UserName!);
        await (await identity.RefreshAsync(signedIn.RefreshToken())).ReadAsync<object>();

        var entries = await OfAsync(account.Id.ToString());

        Assert.Equal([(SignIn, AuditOutcome.Refused), (SignIn, AuditOutcome.Done), (SignIn, AuditOutcome.Done)], entries.Select(e => (e.Action, e.Outcome)));
        Assert.DoesNotContain(entries, e => e.Target.Contains('@'));
    }

    [Fact]
    public async Task A_stolen_refresh_token_leaves_the_end_of_its_session_and_the_refusal()
    {
        var account = await identity.AccountAsync();
        var spent = (await identity.SignInAsync(account.UserName!)).RefreshToken();
        var second = (await (await identity.RefreshAsync(spent)).ReadAsync<JsonElement>()).RefreshToken();
        await (await identity.RefreshAsync(second)).ReadAsync<JsonElement>();

        await identity.RefreshAsync(spent).RefusesAsync("invalid_grant");

        Assert.Equal([AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Done, AuditOutcome.Refused], (await OfAsync(account.Id.ToString())).Select(e => e.Outcome));
    }

    [Fact]
    public async Task Who_tried_what_is_not_theirs_is_recorded()
    {
        var account = await identity.AccountAsync(Roles.Donor);
        var donor = identity.WithToken((await identity.SignInAsync(account.UserName!)).AccessToken());

        await donor.PostAsync($"/api/identity/accounts/{account.Id}/reset-password", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        var refused = (await OfAsync(account.Id.ToString())).Last();
        Assert.Equal(("POST /api/identity/accounts/{id:guid}/reset-password", $"id={account.Id}", AuditOutcome.Refused, Roles.Donor),
            (refused.Action, refused.Target, refused.Outcome, refused.Roles.Single()));
    }

    [Fact]
    public async Task What_the_office_does_to_accounts_and_partner_systems_is_recorded()
    {
        var office = await identity.AccountAsync(Roles.ProgrammeOffice);
        var client = identity.WithToken((await identity.SignInAsync(office.UserName!)).AccessToken());
        var created = await client.PostAsync<OneTimePassword>("/api/identity/accounts", new { userName = IdentityApp.Email("new"), roles = new[] { Roles.Donor } });
        await client.PostAsync<OneTimePassword>($"/api/identity/accounts/{created.Account.Id}/reset-password");
        var partner = (await client.PostAsync<ClientSecret>("/api/identity/clients", new { name = $"Partner {Guid.NewGuid():n}", scopes = new[] { "inventory.read" } })).Client;
        await client.DeleteAsync($"/api/identity/clients/{partner.Id}");

        var entries = (await OfAsync(office.Id.ToString())).Skip(1).ToList(); // after the sign-in

        Assert.Equal([$"account={created.Account.Id}, enabled=true, roles=donor", $"id={created.Account.Id}", $"client={partner.Id}, scopes=inventory.read", $"id={partner.Id}"],
            entries.Select(e => e.Target));
        Assert.All(entries, e => Assert.Equal((AuditOutcome.Done, Roles.ProgrammeOffice), (e.Outcome, e.Roles.Single())));
        Assert.Equal(entries.Count, entries.Select(e => e.Action).Distinct().Count());
    }

    [Fact]
    public async Task Of_a_changed_account_the_entry_tells_what_it_was_and_what_it_is()
    {
        var office = await identity.AccountAsync(Roles.ProgrammeOffice);
        var account = await identity.AccountAsync(Roles.Donor);
        var client = identity.WithToken((await identity.SignInAsync(office.UserName!)).AccessToken());
        var (path, organisation) = ($"/api/identity/accounts/{account.Id}", Guid.NewGuid());

        (await client.PutAsync(path, new { roles = new[] { Roles.ProgrammeOffice, Roles.Donor }, organisationId = organisation, enabled = true }, "*")).EnsureSuccessStatusCode();
        (await client.PutAsync(path, new { roles = new[] { Roles.ProgrammeOffice, Roles.Donor }, organisationId = organisation, enabled = false }, "*")).EnsureSuccessStatusCode();
        await client.PutAsync(path, new { roles = new[] { "king" }, organisationId = organisation, enabled = false }, "*").RefusesAsync(HttpStatusCode.BadRequest, "role_unknown");

        Assert.Equal([$"id={account.Id}, organisationId=none → {organisation}, roles=donor → donor programme-office", $"id={account.Id}, enabled=true → false", $"id={account.Id}"],
            (await OfAsync(office.Id.ToString())).Skip(1).Select(e => e.Target));
    }

    [Fact]
    public async Task Who_registers_leaves_which_account_it_was_given_and_not_its_name()
    {
        var name = IdentityApp.Email("new");
        await identity.Anonymous().PostAsync("/api/identity/registrations", new { userName = name, password = IdentityApp.Password, role = Roles.Volunteer });

        var account = await identity.InDbAsync(db => db.Accounts.SingleAsync(a => a.UserName == name));
        var entry = await identity.InDbAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Target.StartsWith($"account={account.Id}")));
        Assert.Equal(("POST /api/identity/registrations", $"account={account.Id}, enabled=true, roles=volunteer"), (entry.Action, entry.Target));
    }

    private Task<List<AuditEntry>> OfAsync(string subject) =>
        identity.InDbAsync(db => db.Set<AuditEntry>().Where(e => e.Subject == subject).OrderBy(e => e.Id).ToListAsync());
}
