using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;

namespace BetterConnections.Identity.Tests.Tokens;

public class RefreshTests(IdentityApp identity)
{
    private async Task<JsonElement> RefreshedAsync(JsonElement answer) => await (await identity.RefreshAsync(answer.RefreshToken())).ReadAsync<JsonElement>();

    [Fact]
    public async Task Each_refresh_gives_another_token_of_either_kind()
    {
        var account = await identity.AccountAsync();
        var first = await identity.SignInAsync(account.UserName!);
        var second = await RefreshedAsync(first);
        var third = await RefreshedAsync(second);

        Assert.Equal(3, new[] { first, second, third }.Select(a => a.RefreshToken()).Distinct().Count());
        Assert.Equal(3, new[] { first, second, third }.Select(a => new JsonWebToken(a.AccessToken()).Id).Distinct().Count());
        Assert.Equal(account.Id.ToString(), new JsonWebToken(third.AccessToken()).Subject);
    }

    [Fact]
    public async Task A_spent_token_that_comes_back_ends_the_session_for_its_thief_and_its_owner()
    {
        var account = await identity.AccountAsync();
        var (first, elsewhere) = (await identity.SignInAsync(account.UserName!), await identity.SignInAsync(account.UserName!));
        var newest = await RefreshedAsync(await RefreshedAsync(first));

        await identity.RefreshAsync(first.RefreshToken()).RefusesAsync("invalid_grant");

        await identity.RefreshAsync(newest.RefreshToken()).RefusesAsync("invalid_grant");
        await RefreshedAsync(elsewhere);
    }

    [Fact]
    public async Task Of_many_uses_of_one_token_at_the_same_moment_one_answer_at_most_goes_on()
    {
        var answer = await identity.SignInAsync((await identity.AccountAsync()).UserName!);

        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshedAsync(answer)));

        var next = new List<HttpResponseMessage>();
        foreach (var use in uses) next.Add(await identity.RefreshAsync(use.RefreshToken()));
        Assert.InRange(next.Count(n => n.StatusCode == HttpStatusCode.OK), 0, 1); // none when another came back before it and ended the session
        await identity.RefreshAsync(uses[0].RefreshToken()).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task A_refresh_whose_answer_was_lost_can_be_repeated_and_answers_with_tokens_that_work()
    {
        var answer = await identity.SignInAsync((await identity.AccountAsync()).UserName!);
        await RefreshedAsync(answer); // lost
        await RefreshedAsync(answer); // lost again

        var arrived = await RefreshedAsync(answer);

        Assert.Equal(HttpStatusCode.OK, (await identity.WithToken(arrived.AccessToken()).GetAsync("/api/identity/me")).StatusCode);
        await RefreshedAsync(await RefreshedAsync(arrived));
    }

    [Fact]
    public async Task A_thief_who_uses_a_token_just_spent_is_noticed_when_its_owner_goes_on()
    {
        var answer = await identity.SignInAsync((await identity.AccountAsync()).UserName!);
        var owners = await RefreshedAsync(answer);
        var thiefs = await RefreshedAsync(answer);

        await identity.RefreshAsync(owners.RefreshToken()).RefusesAsync("invalid_grant");

        await identity.RefreshAsync(thiefs.RefreshToken()).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task The_secret_of_one_session_does_not_open_another()
    {
        var account = await identity.AccountAsync();
        var (mine, other) = (await identity.SignInAsync(account.UserName!), await identity.SignInAsync(account.UserName!));

        await identity.RefreshAsync($"{mine.RefreshToken().Split('.')[0]}.{other.RefreshToken().Split('.')[1]}").RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task Revoking_a_refresh_token_signs_out_and_an_unknown_one_is_answered_alike()
    {
        var answer = await identity.SignInAsync((await identity.AccountAsync()).UserName!);

        foreach (var token in new[] { answer.RefreshToken(), answer.RefreshToken(), "unknown", $"{Guid.NewGuid():n}.AAAA" })
            Assert.Equal(HttpStatusCode.OK, (await identity.FormAsync("/connect/revoke", ("token", token), ("token_type_hint", "refresh_token"))).StatusCode);

        await identity.RefreshAsync(answer.RefreshToken()).RefusesAsync("invalid_grant");
        await identity.FormAsync("/connect/revoke", ("token", answer.AccessToken())).RefusesAsync("unsupported_token_type");
        await identity.FormAsync("/connect/revoke").RefusesAsync("invalid_request");
        using var parts = new MultipartFormDataContent { { new StringContent("unknown"), "token" } }; // a form, but not the standard's
        await identity.Anonymous().PostAsync("/connect/revoke", parts).RefusesAsync("invalid_request");
    }

    [Fact]
    public async Task A_disabled_account_gets_no_further_token()
    {
        var account = await identity.AccountAsync(Roles.Club);
        var answer = await identity.SignInAsync(account.UserName!);
        var address = $"/api/identity/accounts/{account.Id}";
        var administrator = identity.Administrator();
        var etag = (await administrator.GetAsync(address)).Headers.ETag!.Tag;

        await (await administrator.PutAsync(address, new { roles = account.Roles, enabled = false }, etag)).ReadAsync<JsonElement>();
        await identity.RefreshAsync(answer.RefreshToken()).RefusesAsync("invalid_grant");
        await identity.PasswordAsync(account.UserName!).RefusesAsync("invalid_grant");

        etag = (await administrator.GetAsync(address)).Headers.ETag!.Tag;
        await (await administrator.PutAsync(address, new { roles = account.Roles, enabled = true }, etag)).ReadAsync<JsonElement>();
        await identity.RefreshAsync(answer.RefreshToken()).RefusesAsync("invalid_grant"); // what has ended stays so
        await identity.SignInAsync(account.UserName!);
    }

    [Fact]
    public async Task A_refreshed_token_carries_the_roles_of_now()
    {
        var account = await identity.AccountAsync(Roles.Club);
        var answer = await identity.SignInAsync(account.UserName!);
        var (administrator, address, organisation) = (identity.Administrator(), $"/api/identity/accounts/{account.Id}", Guid.NewGuid());
        var etag = (await administrator.GetAsync(address)).Headers.ETag!.Tag;

        await (await administrator.PutAsync(address, new { roles = new[] { Roles.Logistics }, organisationId = organisation, enabled = true }, etag)).ReadAsync<JsonElement>();

        var token = new JsonWebToken((await RefreshedAsync(answer)).AccessToken());
        Assert.Equal((Roles.Logistics, organisation.ToString()), (token.GetPayloadValue<string>("role"), token.GetPayloadValue<string>("org")));
    }
}

public class SessionLifetimeTests(FreshIdentityApp identity) : IClassFixture<FreshIdentityApp>
{
    [Fact]
    public async Task A_minute_after_it_was_spent_a_token_that_comes_back_ends_the_session_however_often_it_came_before()
    {
        var spent = (await identity.SignInAsync(identity.AdministratorName)).RefreshToken();
        await identity.RefreshAsync(spent);
        identity.Clock.Advance(TimeSpan.FromSeconds(50));
        var newest = (await (await identity.RefreshAsync(spent)).ReadAsync<JsonElement>()).RefreshToken();
        identity.Clock.Advance(TimeSpan.FromSeconds(10));

        await identity.RefreshAsync(spent).RefusesAsync("invalid_grant");

        await identity.RefreshAsync(newest).RefusesAsync("invalid_grant");
    }

    [Fact]
    public async Task A_session_ends_a_week_after_its_last_use_and_a_month_after_its_start()
    {
        var unused = (await identity.SignInAsync(identity.AdministratorName)).RefreshToken();
        var used = (await identity.SignInAsync(identity.AdministratorName)).RefreshToken();

        for (var day = 6; day < 30; day += 6)
        {
            identity.Clock.Advance(TimeSpan.FromDays(6));
            used = (await (await identity.RefreshAsync(used)).ReadAsync<JsonElement>()).RefreshToken();
        }
        identity.Clock.Advance(TimeSpan.FromDays(6));

        await identity.RefreshAsync(used).RefusesAsync("invalid_grant");
        await identity.RefreshAsync(unused).RefusesAsync("invalid_grant");

        var lately = Guid.ParseExact((await identity.SignInAsync(identity.AdministratorName)).RefreshToken().Split('.')[0], "n");
        await identity.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().TidyAsync(CancellationToken.None);
        Assert.Equal([lately], await identity.InDbAsync(db => db.Sessions.Select(s => s.Id).ToListAsync()));
    }
}
