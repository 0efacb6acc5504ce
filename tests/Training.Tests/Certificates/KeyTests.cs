using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Certificates.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BetterConnections.Training.Tests.Certificates;

public class KeyTests(FreshTrainingApp training) : IClassFixture<FreshTrainingApp>
{
    private KeyRing Ring(string? secret = null) =>
        new(training.Services.GetRequiredService<IServiceScopeFactory>(), new KeySeal(secret, "Training:KeyEncryptionKey"), training.Clock, NullLogger<KeyRing>.Instance);

    private async Task<List<string?>> PublishedAsync() =>
        [.. (await training.Anonymous().GetAsync<JsonElement>("/api/training/public/keys")).GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString())];

    private async Task<string> CheckAsync(string badge) => (await (await training.Anonymous().PostAsync("/api/training/public/certificates/verify",
        new StringContent(badge, Encoding.UTF8, "text/plain"))).ReadAsync<CheckedCertificate>()).Code;

    [Fact]
    public async Task A_retired_key_signs_no_more_but_what_it_signed_stays_good_and_it_stays_published()
    {
        var before = await training.CertifiedAsync();
        var first = Assert.Single(await PublishedAsync());
        await training.As(Roles.TrainingPartner).PostAsync("/api/training/certificates/keys/rotate", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(HttpStatusCode.NoContent, (await training.As(Roles.Operator).PostAsync("/api/training/certificates/keys/rotate", new { })).StatusCode);
        var after = await training.CertifiedAsync();

        Assert.Equal(2, (await PublishedAsync()).Count);
        Assert.Equal(first, (await PublishedAsync())[0]);
        Assert.Equal(["certificate_valid", "certificate_valid"], [await CheckAsync(before.Credential), await CheckAsync(after.Credential)]);
        Assert.Null(await training.InDbAsync(db => db.SigningKeys.Where(k => k.RetiredAt != null).Select(k => k.PrivateKey).SingleAsync()));
        Assert.DoesNotContain("\"d\"", (await training.Anonymous().GetStringAsync("/api/training/public/keys")));
        await training.Anonymous().GetAsync("/api/training/public/keys/none").RefusesAsync(HttpStatusCode.NotFound, "key_unknown");

        // Replicas that start together agree on one key.
        await training.InDbAsync(db => db.SigningKeys.ExecuteDeleteAsync());
        var rings = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Ring().CurrentAsync(default))));
        Assert.Single(rings.Select(r => r.Signing.Id).Distinct());

        // Sealed, the database alone does not give it away; without the secret, or with another, the service does not start.
        await training.InDbAsync(db => db.SigningKeys.ExecuteDeleteAsync());
        var (secret, wrong) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var made = (await Ring(secret).CurrentAsync(default)).Signing.Id;
        var stored = await training.InDbAsync(db => db.SigningKeys.SingleAsync());
        Assert.True(stored.IsSealed);
        Assert.ThrowsAny<CryptographicException>(() => RSA.Create().ImportPkcs8PrivateKey(stored.PrivateKey!, out _));
        Assert.Equal(made, (await Ring(secret).CurrentAsync(default)).Signing.Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ring().CurrentAsync(default));
        await Assert.ThrowsAsync<AuthenticationTagMismatchException>(() => Ring(wrong).CurrentAsync(default));
    }
}
