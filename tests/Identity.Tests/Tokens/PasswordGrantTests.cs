using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Identity.Tests.Tokens;

public class PasswordGrantTests(IdentityApp identity)
{
    [Fact]
    public async Task A_right_password_gives_a_token_that_whoever_reads_the_discovery_document_can_verify()
    {
        var account = await identity.AccountAsync(Roles.Employer, organisation: Guid.NewGuid());
        var answer = await identity.SignInAsync(account.UserName!);

        using var stranger = identity.Anonymous();
        var discovery = await stranger.GetAsync<JsonElement>("/.well-known/openid-configuration");
        var keys = new JsonWebKeySet(await stranger.GetStringAsync(discovery.GetProperty("jwks_uri").GetString()));
        var verified = await new JsonWebTokenHandler().ValidateTokenAsync(answer.AccessToken(), new()
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidAudience = "better-connections",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });

        Assert.True(verified.IsValid, verified.Exception?.Message);
        var token = (JsonWebToken)verified.SecurityToken;
        Assert.Equal(account.Id.ToString(), token.Subject);
        Assert.Equal(Roles.Employer, token.GetPayloadValue<string>("role"));
        Assert.Equal(account.OrganisationId.ToString(), token.GetPayloadValue<string>("org"));
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.IssuedAt);
        Assert.Equal(600, answer.GetProperty("expires_in").GetInt32());
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task A_token_holds_ids_and_roles_and_nothing_that_names_a_person()
    {
        var answer = await identity.SignInAsync(identity.AdministratorName);

        var token = new JsonWebToken(answer.AccessToken());

        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "role", "sub"], token.Claims.Select(c => c.Type).Distinct().Order());
        Assert.Equal([Roles.Operator, Roles.ProgrammeOffice], token.GetPayloadValue<string[]>("role"));
        var readable = Base64UrlEncoder.Decode(token.EncodedHeader) + Base64UrlEncoder.Decode(token.EncodedPayload);
        Assert.DoesNotContain(identity.AdministratorName.Split('@')[0], readable);
        Assert.DoesNotContain("@", readable);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_user_a_disabled_and_a_locked_account_get_the_same_answer()
    {
        var (account, disabled, locked) = (await identity.AccountAsync(), await identity.AccountAsync(), await identity.AccountAsync());
        var until = identity.Clock.GetUtcNow().AddHours(1);
        await identity.InDbAsync(db => db.Accounts.Where(a => a.Id == disabled.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Enabled, false)));
        await identity.InDbAsync(db => db.Accounts.Where(a => a.Id == locked.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, until)));

        var answers = new[]
        {
            await identity.PasswordAsync(account.UserName!, "wrong horse battery 8").RefusesAsync("invalid_grant"),
            await identity.PasswordAsync(IdentityApp.Email("nobody")).RefusesAsync("invalid_grant"),
            await identity.PasswordAsync(disabled.UserName!).RefusesAsync("invalid_grant"),
            await identity.PasswordAsync(locked.UserName!).RefusesAsync("invalid_grant"),
        };

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task The_user_name_is_read_in_any_case_and_with_spaces_around_it() =>
        await identity.SignInAsync($" {(await identity.AccountAsync()).UserName!.ToUpperInvariant()} ");

    [Fact]
    public async Task The_answer_with_the_tokens_is_not_cached()
    {
        var response = await identity.PasswordAsync((await identity.AccountAsync()).UserName!);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("grant_type=password", "invalid_request")]
    [InlineData("grant_type=password&username=a%40example.org", "invalid_request")]
    [InlineData("grant_type=password&username=a%40example.org&password=", "invalid_request")]
    [InlineData("grant_type=password&username=a%40example.org&username=b%40example.org&password=x", "invalid_request")]
    [InlineData("grant_type=password&username=a%00%40example.org&password=x", "invalid_request")]
    [InlineData("grant_type=password&username=a%40example.org&password=x&scope=openid", "invalid_scope")]
    [InlineData("grant_type=refresh_token", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=nonsense", "invalid_grant")]
    [InlineData("grant_type=refresh_token&refresh_token=0123456789abcdef0123456789abcdef.AAAA", "invalid_grant")]
    [InlineData("grant_type=client_credentials", "invalid_request")]
    [InlineData("grant_type=authorization_code&code=x", "unsupported_grant_type")]
    public async Task What_cannot_be_granted_is_refused_in_the_terms_of_oauth(string form, string error) =>
        await identity.Anonymous().PostAsync("/connect/token", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded")).RefusesAsync(error);

    [Fact]
    public async Task A_form_in_a_charset_that_cannot_be_read_is_refused()
    {
        var form = new StringContent("grant_type=password");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-7");
        await identity.Anonymous().PostAsync("/connect/token", form).RefusesAsync("invalid_request");
    }

    [Fact]
    public async Task Json_is_not_a_token_request() =>
        await identity.Anonymous().PostAsync("/connect/token", new StringContent("{}", Encoding.UTF8, "application/json")).RefusesAsync("invalid_request");

    [Fact]
    public async Task A_token_that_a_strangers_key_signed_opens_nothing_though_it_says_all_the_right_things()
    {
        var token = (await identity.SignInAsync(identity.AdministratorName)).AccessToken();
        Assert.Equal(HttpStatusCode.OK, (await identity.WithToken(token).GetAsync("/api/identity/me")).StatusCode);

        var genuine = new JsonWebToken(token);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{genuine.EncodedHeader}.{genuine.EncodedPayload}"), System.Security.Cryptography.HashAlgorithmName.SHA256);
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");

        foreach (var forged in new[]
        {
            $"{genuine.EncodedHeader}.{genuine.EncodedPayload}.{Base64UrlEncoder.Encode(signature)}",
            $"{unsigned}.{genuine.EncodedPayload}.",
        })
            await identity.WithToken(forged).GetAsync("/api/identity/me").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
