using System.Security.Cryptography;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates.Keys;

/// <summary>The keys at one moment. <paramref name="Published"/> holds <paramref name="Signing"/> and all that ever signed, oldest first.</summary>
public sealed record OpenKeys(IssuerKey Signing, IReadOnlyList<IssuerKey> Published, DateTimeOffset ReadAt)
{
    public IssuerKey? Find(string id) => Published.FirstOrDefault(k => k.Id == id);
}

/// <summary>
/// The keys of the database, read at most once a minute. The first is made by whichever replica is first under the lock;
/// a replica that signs for another minute with a key just retired does no harm, since that key stays published.
/// </summary>
public sealed class KeyRing(IServiceScopeFactory scopes, KeySeal seal, TimeProvider clock, ILogger<KeyRing> log)
{
    private const int KeyBits = 3072; // good beyond 2030 (NIST SP 800-57), as certificates without an end have to be
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1);
    private OpenKeys? _keys;

    public async Task<OpenKeys> CurrentAsync(CancellationToken cancel)
    {
        if (_keys is { } known && clock.GetUtcNow() < known.ReadAt + ReadEvery) return known;
        await _reading.WaitAsync(cancel);
        try
        {
            return _keys is { } meanwhile && clock.GetUtcNow() < meanwhile.ReadAt + ReadEvery ? meanwhile : _keys = await ReadAsync(rotate: false, cancel);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Retires the present key and signs with a new one from now on.</summary>
    public async Task<OpenKeys> RotateAsync(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            return _keys = await ReadAsync(rotate: true, cancel);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<OpenKeys> ReadAsync(bool rotate, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingDb>();
        var stored = await StoredAsync(db, cancel);
        if (rotate || stored.All(k => k.RetiredAt is not null)) stored = await RenewAsync(db, rotate, cancel);
        var published = stored.Select(k => (k.RetiredAt, Key: Open(k))).ToList();
        return new(published.Last(k => k.RetiredAt is null).Key, [.. published.Select(k => k.Key)], clock.GetUtcNow());
    }

    private static Task<List<SigningKey>> StoredAsync(TrainingDb db, CancellationToken cancel) => db.SigningKeys.OrderBy(k => k.CreatedAt).ToListAsync(cancel);

    private Task<List<SigningKey>> RenewAsync(TrainingDb db, bool rotate, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.TakeTurnAsync("signing_keys", cancel);
        var stored = await StoredAsync(db, cancel);
        var signing = stored.Where(k => k.RetiredAt is null).ToList();
        if (signing.Count > 0 && !rotate) return stored; // another replica was first

        foreach (var old in signing) old.Retire(clock.GetUtcNow());
        var key = Create();
        db.Add(key);
        await db.SaveChangesAsync(cancel);
        log.LogInformation("Certificates are signed with the new key {Key}", key.Id);
        return [.. stored, key];
    }, cancel);

    private SigningKey Create()
    {
        using var rsa = RSA.Create(KeyBits);
        var id = new IssuerKey(rsa).Id;
        return SigningKey.Create(id, rsa.ExportSubjectPublicKeyInfo(), seal.Seal(id, rsa.ExportPkcs8PrivateKey()), seal.IsOn, clock.GetUtcNow());
    }

    private IssuerKey Open(SigningKey stored)
    {
        var rsa = RSA.Create();
        if (stored.PrivateKey is { } key) rsa.ImportPkcs8PrivateKey(stored.IsSealed ? seal.Open(stored.Id, key) : key, out _);
        else rsa.ImportSubjectPublicKeyInfo(stored.PublicKey, out _);
        return new(rsa);
    }
}

internal static class KeysSetup
{
    public static void AddCertificateKeys(this IServiceCollection services)
    {
        services.AddSingleton(p => new KeySeal(p.GetRequiredService<TrainingSettings>().KeyEncryptionKey, "Training:KeyEncryptionKey"));
        services.AddSingleton<KeyRing>();
    }

    /// <summary>Makes the first key, and stops the start when those in the database cannot be opened.</summary>
    public static async Task OpenCertificateKeysAsync(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<KeySeal>().IsOn)
            app.Logger.LogWarning("Training:KeyEncryptionKey is not set: who can read the database can read the signing key and forge certificates");
        await app.Services.GetRequiredService<KeyRing>().CurrentAsync(CancellationToken.None);
    }
}
