using System.Security.Cryptography;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace BetterConnections.Identity.Keys;

/// <summary>The keys at one moment. <paramref name="Published"/> holds the past, present and next one.</summary>
public sealed record OpenKeys(ECDsaSecurityKey Signing, IReadOnlyList<ECDsaSecurityKey> Published, DateTimeOffset ReadAt);

/// <summary>
/// The signing keys of the database, read at most once a minute. A key is made a day before it signs, by whichever replica
/// is first under the lock, so every replica and every service knows it before the first token that it signs.
/// </summary>
public sealed class KeyRing(IServiceScopeFactory scopes, KeySeal seal, IdentitySettings settings, TimeProvider clock, ILogger<KeyRing> log)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);
    /// <summary>Covers clocks that differ, here and where tokens are checked.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _reading = new(1);
    private OpenKeys? _keys;

    public async Task<OpenKeys> CurrentAsync(CancellationToken cancel)
    {
        if (_keys is { } known && IsFresh(known)) return known;
        await _reading.WaitAsync(cancel);
        try
        {
            return _keys is { } meanwhile && IsFresh(meanwhile) ? meanwhile : _keys = await ReadAsync(cancel);
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsFresh(OpenKeys keys) => clock.GetUtcNow() < keys.ReadAt + ReadEvery;

    private async Task<OpenKeys> ReadAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = clock.GetUtcNow();
        var stored = await StoredAsync(db, now, cancel);
        if (IsDue(stored, now)) stored = await RenewAsync(db, now, cancel);
        var published = stored.ToDictionary(k => k.Id, Open);
        // The first key may be from a replica whose clock is a moment ahead.
        var signing = stored.LastOrDefault(k => k.ActiveFrom <= now) ?? stored[0];
        return new(published[signing.Id], [.. published.Values], now);
    }

    /// <summary>A key that stopped signing before this has no token left that is good.</summary>
    private DateTimeOffset Obsolete(DateTimeOffset now) => now - settings.AccessTokenLifetime - Grace;

    private Task<List<SigningKey>> StoredAsync(IdentityDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var obsolete = Obsolete(now);
        return db.SigningKeys.AsNoTracking().Where(k => k.ActiveUntil > obsolete).OrderBy(k => k.ActiveFrom).ToListAsync(cancel);
    }

    private bool IsDue(List<SigningKey> stored, DateTimeOffset now) => stored.Count == 0 || stored[^1].ActiveUntil - settings.KeyPublishedAhead <= now;

    private Task<List<SigningKey>> RenewAsync(IdentityDb db, DateTimeOffset now, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.TakeTurnAsync("signing_keys", cancel);
        var stored = await StoredAsync(db, now, cancel); // another replica may have been first
        if (!IsDue(stored, now)) return stored;

        // The next one follows on the last; where that one has ended already (or there was none) it has to sign at once.
        var from = stored.Count > 0 && stored[^1].ActiveUntil > now ? stored[^1].ActiveUntil : now;
        var key = Create(from);
        db.Add(key);
        await db.SaveChangesAsync(cancel);
        var obsolete = Obsolete(now);
        await db.SigningKeys.Where(k => k.ActiveUntil <= obsolete).ExecuteDeleteAsync(cancel);
        log.LogInformation("Signing key {Key} was made; it signs from {From}", key.Id, from);
        return [.. stored, key];
    }, cancel);

    private SigningKey Create(DateTimeOffset from)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint());
        return new()
        {
            Id = id,
            PrivateKey = seal.Seal(id, key.ExportPkcs8PrivateKey()),
            IsSealed = seal.IsOn,
            ActiveFrom = from,
            ActiveUntil = from + settings.KeyLifetime,
        };
    }

    /// <summary>An opened key stays the same object, since the token library caches what it derives from it.</summary>
    private ECDsaSecurityKey Open(SigningKey stored)
    {
        if (_keys?.Published.FirstOrDefault(k => k.KeyId == stored.Id) is { } open) return open;
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored.IsSealed ? seal.Open(stored.Id, stored.PrivateKey) : stored.PrivateKey, out _);
        return new(key) { KeyId = stored.Id };
    }
}
