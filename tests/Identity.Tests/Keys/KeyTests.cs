using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using BetterConnections.Identity.Keys;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace BetterConnections.Identity.Tests.Keys;

public sealed class KeyTests : IAsyncLifetime
{
    private readonly FreshIdentityApp _identity = new();

    public ValueTask InitializeAsync() => _identity.InitializeAsync();
    public ValueTask DisposeAsync() => _identity.DisposeAsync();

    private async Task<string[]> PublishedAsync() =>
        [.. (await _identity.Anonymous().GetAsync<JsonElement>("/.well-known/jwks.json")).GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];

    private async Task<(string Token, string Key)> SignInAsync()
    {
        var token = (await _identity.SignInAsync(_identity.AdministratorName)).AccessToken();
        return (token, new JsonWebToken(token).Kid);
    }

    [Fact]
    public async Task The_next_key_is_published_a_day_before_it_signs_and_the_last_one_until_its_tokens_have_expired()
    {
        var first = (await SignInAsync()).Key;
        Assert.Equal([first], await PublishedAsync());

        _identity.Clock.Advance(TimeSpan.FromDays(29) + TimeSpan.FromMinutes(1));
        var (token, key) = await SignInAsync();
        Assert.Equal(first, key);
        Assert.Equal(2, (await PublishedAsync()).Length);
        var next = (await PublishedAsync())[1];

        _identity.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(next, (await SignInAsync()).Key);
        Assert.Equal([first, next], await PublishedAsync());
        Assert.Equal(HttpStatusCode.OK, (await _identity.WithToken(token).GetAsync("/api/identity/me")).StatusCode);

        _identity.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal([next], await PublishedAsync());
        await _identity.WithToken(token).GetAsync("/api/identity/me").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Replicas_agree_on_the_next_key()
    {
        await using var other = _identity.Replica();
        var (here, there) = (await SignInAsync(), other.Services.GetRequiredService<KeyRing>());
        Assert.Equal(here.Key, (await there.CurrentAsync(CancellationToken.None)).Signing.KeyId);

        _identity.Clock.Advance(TimeSpan.FromDays(31)); // nobody was there to make the next key in time: both find it missing now
        var both = await Task.WhenAll(PublishedAsync(), Task.Run(async () => (await there.CurrentAsync(CancellationToken.None)).Published.Select(k => k.KeyId).ToArray()));

        Assert.Equal(Assert.Single(both[0]), Assert.Single(both[1]));
        Assert.NotEqual(here.Key, both[0][0]);
    }

    [Fact]
    public async Task The_key_set_shows_no_private_part()
    {
        var keys = await _identity.Anonymous().GetAsync<JsonElement>("/.well-known/jwks.json");

        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], keys.GetProperty("keys")[0].EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task With_a_key_encryption_key_the_database_alone_does_not_give_away_a_signing_key()
    {
        var (secret, wrong) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        _identity.Clock.Advance(TimeSpan.FromDays(31)); // time for another key, the first that this replica makes
        await using (var @sealed = _identity.Replica(("Identity:KeyEncryptionKey", secret))) @sealed.CreateClient();

        var stored = await _identity.InDbAsync(db => db.SigningKeys.SingleAsync());
        Assert.True(stored.IsSealed);
        Assert.Throws<CryptographicException>(() => ECDsa.Create().ImportPkcs8PrivateKey(stored.PrivateKey, out _));

        await using (var again = _identity.Replica(("Identity:KeyEncryptionKey", secret)))
            Assert.Equal(stored.Id, (await again.Services.GetRequiredService<KeyRing>().CurrentAsync(CancellationToken.None)).Signing.KeyId);
        await using (var without = _identity.Replica())
            Assert.Contains("KeyEncryptionKey is not set", Assert.Throws<InvalidOperationException>(without.CreateClient).Message);
        await using (var mistaken = _identity.Replica(("Identity:KeyEncryptionKey", wrong)))
            Assert.Throws<AuthenticationTagMismatchException>(mistaken.CreateClient);
    }
}
