using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Identity.Tokens;

/// <summary>
/// One sign-in and its family of refresh tokens, of which the newest alone is good. A refresh token is the session's id and a
/// secret, so a token with any other secret is recognised as a spent one (stolen, or used by a thief before its owner): that
/// ends the session for both, without keeping a row for every token there ever was. One spent token is forgiven for a short
/// while: the one that the newest took the place of, for the answer that brought the newest may never have arrived.
/// </summary>
public sealed class Session
{
    private Session() { }

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }
    public byte[] SecretHash { get; private set; } = null!;
    /// <summary>Of the token that was spent last; null until the first refresh.</summary>
    public byte[]? SpentHash { get; private set; }
    /// <summary>When that was. Coming back does not move it, else a stolen token would serve for ever.</summary>
    public DateTimeOffset? SpentAt { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    /// <summary>Moves on with each refresh, up to <see cref="EndsAt"/>.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    /// <summary>Signed out, password changed, account disabled, or a spent token came back.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public static (Session Session, RefreshToken Token) Start(Guid accountId, IdentitySettings settings, DateTimeOffset now)
    {
        var session = new Session { Id = Guid.NewGuid(), AccountId = accountId, StartedAt = now, EndsAt = now + settings.SessionLifetime };
        return (session, session.Renew(settings, now));
    }

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>The refresh token that comes after <paramref name="token"/>; null when that was spent, and not just now.</summary>
    public RefreshToken? RenewBy(RefreshToken token, IdentitySettings settings, DateTimeOffset now)
    {
        if (Secret.Matches(SecretHash, token.Secret)) (SpentHash, SpentAt) = (SecretHash, now);
        else if (SpentHash is null || !Secret.Matches(SpentHash, token.Secret) || now >= SpentAt + settings.RefreshTokenGrace) return null;
        return Renew(settings, now);
    }

    /// <summary>The newest from now on. Whoever holds what was the newest until now ends the session by using it.</summary>
    private RefreshToken Renew(IdentitySettings settings, DateTimeOffset now)
    {
        var token = new RefreshToken(Id, Secret.Create());
        SecretHash = Secret.Hash(token.Secret);
        var sliding = now + settings.RefreshTokenLifetime;
        ExpiresAt = sliding < EndsAt ? sliding : EndsAt;
        return token;
    }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.HasIndex(s => s.AccountId);
        session.HasIndex(s => s.ExpiresAt);
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}

internal static class Sessions
{
    /// <summary>Locked until the end of the transaction, so that of two uses of one token one is the first.</summary>
    public static Task<Session?> LockSessionAsync(this IdentityDb db, Guid id, CancellationToken cancel) =>
        db.Sessions.FromSql($"select * from sessions where id = {id} for update").SingleOrDefaultAsync(cancel);

    /// <summary>Signs the account out everywhere. Call it after the account's row is saved: a sign-in in flight then either is seen here or fails.</summary>
    public static Task EndSessionsAsync(this IdentityDb db, Guid accountId, DateTimeOffset now, CancellationToken cancel) =>
        db.Sessions.Where(s => s.AccountId == accountId && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancel);
}
