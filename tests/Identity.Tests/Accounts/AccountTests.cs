using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Identity.Accounts;
using BetterConnections.Postgres;
using BetterConnections.Testing;

namespace BetterConnections.Identity.Tests.Accounts;

public class AccountTests(IdentityApp identity)
{
    private const string Accounts = "/api/identity/accounts", NewPassword = "another horse 99";
    private readonly HttpClient _office = identity.Administrator();

    [Fact]
    public async Task The_programme_office_gives_every_role_its_own_included()
    {
        var organisation = Guid.NewGuid();
        var created = await _office.PostAsync<OneTimePassword>(Accounts, new { userName = IdentityApp.Email("club"), roles = new[] { Roles.Club }, organisationId = organisation });
        Assert.Equal(organisation, created.Account.OrganisationId);
        Assert.Equal(created.Account, await _office.GetAsync<AccountView>($"{Accounts}/{created.Account.Id}"), SameAccount);

        await _office.PostAsync<OneTimePassword>(Accounts, new { userName = IdentityApp.Email("boss"), roles = Roles.All });
    }

    private static bool SameAccount(AccountView one, AccountView other) => one with { Roles = other.Roles } == other && one.Roles.SequenceEqual(other.Roles);

    [Fact]
    public async Task A_one_time_password_opens_nothing_until_another_is_chosen()
    {
        var created = await _office.PostAsync<OneTimePassword>(Accounts, new { userName = IdentityApp.Email("new"), roles = new[] { Roles.Evaluator } });
        var userName = created.Account.UserName;
        await identity.PasswordAsync(userName, created.Password).RefusesAsync("password_change_required");

        var change = new { userName, currentPassword = created.Password, newPassword = NewPassword };
        await identity.Anonymous().PostAsync("/api/identity/me/password", change with { newPassword = created.Password }).RefusesAsync(HttpStatusCode.BadRequest, "password_unchanged");
        await identity.Anonymous().PostAsync("/api/identity/me/password", change with { newPassword = "Password1234!" }).RefusesAsync(HttpStatusCode.BadRequest, "password_too_common");
        Assert.Equal(HttpStatusCode.NoContent, (await identity.Anonymous().PostAsync("/api/identity/me/password", change)).StatusCode);

        await identity.PasswordAsync(userName, created.Password).RefusesAsync("invalid_grant");
        await identity.SignInAsync(userName, NewPassword);
    }

    [Fact]
    public async Task A_reset_ends_every_sign_in_and_the_old_password()
    {
        var account = await identity.AccountAsync();
        var session = await identity.SignInAsync(account.UserName!);

        var reset = await _office.PostAsync<OneTimePassword>($"{Accounts}/{account.Id}/reset-password");

        await identity.RefreshAsync(session.RefreshToken()).RefusesAsync("invalid_grant");
        await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");
        await identity.PasswordAsync(account.UserName!, reset.Password).RefusesAsync("password_change_required");
    }

    [Fact]
    public async Task Who_changes_the_password_is_signed_out_everywhere()
    {
        var account = await identity.AccountAsync();
        var (here, elsewhere) = (await identity.SignInAsync(account.UserName!), await identity.SignInAsync(account.UserName!));
        var me = identity.WithToken(here.AccessToken());

        await me.PostAsync("/api/identity/me/password", new { currentPassword = "wrong horse battery 8", newPassword = NewPassword }).RefusesAsync(HttpStatusCode.Forbidden, "password_wrong");
        Assert.Equal(HttpStatusCode.NoContent, (await me.PostAsync("/api/identity/me/password", new { currentPassword = IdentityApp.Password, newPassword = NewPassword })).StatusCode);

        foreach (var session in new[] { here, elsewhere }) await identity.RefreshAsync(session.RefreshToken()).RefusesAsync("invalid_grant");
        await identity.SignInAsync(account.UserName!, NewPassword);
    }

    [Fact]
    public async Task A_token_names_whose_password_is_changed_whatever_the_request_says()
    {
        var (mine, other) = (await identity.AccountAsync(), await identity.AccountAsync());
        var me = identity.WithToken((await identity.SignInAsync(mine.UserName!)).AccessToken());

        await me.PostAsync("/api/identity/me/password", new { other.UserName, currentPassword = IdentityApp.Password, newPassword = NewPassword });

        await identity.SignInAsync(mine.UserName!, NewPassword);
        await identity.SignInAsync(other.UserName!);
        await identity.Anonymous().PostAsync("/api/identity/me/password", new { currentPassword = IdentityApp.Password, newPassword = NewPassword })
            .RefusesAsync(HttpStatusCode.BadRequest, "user_name_required");
    }

    [Theory]
    [InlineData(Roles.Employer)]
    [InlineData(Roles.Operator)]
    public async Task Others_see_and_change_no_account_but_their_own(string role)
    {
        var (client, other) = (await identity.AsAsync(role), await identity.AccountAsync());
        var address = $"{Accounts}/{other.Id}";

        await client.GetAsync(Accounts).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await client.GetAsync(address).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await client.PutAsync(address, new { roles = new[] { Roles.ProgrammeOffice }, enabled = true }, "*").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await client.PostAsync(Accounts, new { userName = IdentityApp.Email("x"), roles = new[] { Roles.ProgrammeOffice } }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await client.PostAsync($"{address}/reset-password", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await client.PostAsync($"{address}/unlock", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal([role], (await client.GetAsync<AccountView>("/api/identity/me")).Roles);
        await identity.Anonymous().GetAsync("/api/identity/me").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_change_needs_a_fresh_etag()
    {
        var address = $"{Accounts}/{(await identity.AccountAsync()).Id}";
        var etag = (await _office.GetAsync(address)).Headers.ETag!.Tag;
        var change = new { roles = new[] { Roles.Volunteer, Roles.TrainingPartner }, organisationId = Guid.NewGuid(), enabled = true };

        await _office.PutAsync(address, change, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        Assert.Equal(change.organisationId, (await (await _office.PutAsync(address, change, etag)).ReadAsync<AccountView>()).OrganisationId);
        await _office.PutAsync(address, change, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task What_is_wrong_with_an_account_is_said_by_its_code()
    {
        var taken = (await identity.AccountAsync()).UserName;
        await _office.PostAsync(Accounts, new { userName = taken, roles = new[] { Roles.Donor } }).RefusesAsync(HttpStatusCode.Conflict, "user_name_taken");
        await _office.PostAsync(Accounts, new { userName = IdentityApp.Email("x"), roles = new[] { "king" } }).RefusesAsync(HttpStatusCode.BadRequest, "role_unknown");
        await _office.PostAsync(Accounts, new { userName = IdentityApp.Email("x"), roles = Array.Empty<string>() }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _office.GetAsync($"{Accounts}/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "account_unknown");
    }

    [Fact]
    public async Task The_list_is_filtered_by_role_and_pages_through_everything_once()
    {
        var organisation = Guid.NewGuid();
        for (var i = 0; i < 5; i++) await identity.AccountAsync(i == 0 ? Roles.Donor : Roles.Recycler, organisation);

        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await _office.GetAsync<Page<AccountView>>($"{Accounts}?organisationId={organisation}&role={Roles.Recycler}&limit=3{(after == "" ? "" : "&after=" + after)}");
            seen.AddRange(page.Items.Select(a => a.UserName));
            after = page.Next;
        }

        Assert.Equal(4, seen.Count);
        Assert.Equal(seen.Distinct().Order(StringComparer.OrdinalIgnoreCase), seen);
    }
}

public class AdministrationTests(FreshIdentityApp identity) : IClassFixture<FreshIdentityApp>
{
    [Fact]
    public async Task A_one_time_password_is_good_for_a_week()
    {
        var created = await identity.Administrator().PostAsync<OneTimePassword>("/api/identity/accounts", new { userName = IdentityApp.Email("late"), roles = new[] { Roles.Donor } });
        identity.Clock.Advance(TimeSpan.FromDays(7));

        await identity.PasswordAsync(created.Account.UserName, created.Password).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task The_last_administrator_can_neither_be_disabled_nor_lose_the_role()
    {
        var administrator = identity.Administrator();
        var me = await administrator.GetAsync("/api/identity/me");
        var (address, etag) = ($"/api/identity/accounts/{(await me.ReadAsync<AccountView>()).Id}", me.Headers.ETag!.Tag);

        await administrator.PutAsync(address, new { roles = new[] { Roles.Operator }, enabled = true }, etag).RefusesAsync(HttpStatusCode.Conflict, "last_administrator");
        await administrator.PutAsync(address, new { roles = new[] { Roles.ProgrammeOffice }, enabled = false }, etag).RefusesAsync(HttpStatusCode.Conflict, "last_administrator");

        await identity.AccountAsync(Roles.ProgrammeOffice);
        await (await administrator.PutAsync(address, new { roles = new[] { Roles.Operator }, enabled = true }, etag)).ReadAsync<JsonElement>();
    }
}
