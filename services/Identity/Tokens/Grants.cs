using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Postgres;
using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Tokens;

/// <summary>The three ways to a token.</summary>
public sealed class Grants(IdentityDb db, PasswordCheck passwords, AccessTokens tokens, IdentitySettings settings, TimeProvider clock, AuditTrail audit,
    ILogger<Grants> log)
{
    private static readonly byte[] NobodysHash = Secret.Hash(Secret.Create());

    private int ExpiresIn => (int)settings.AccessTokenLifetime.TotalSeconds;

    public async Task<TokenAnswer> PasswordAsync(TokenRequest request, CancellationToken cancel)
    {
        RefuseScope(request);
        return await passwords.PassAsync(request.Required("username"), request.Required("password"), async account =>
        {
            if (account.OneTimeUntil is not null)
                throw new TokenRefused("password_change_required", "This password was handed out. Choose another by POST /api/identity/me/password.");
            var (session, refreshToken) = Session.Start(account.Id, settings, clock.GetUtcNow());
            db.Sessions.Add(session);
            await db.SaveChangesAsync(cancel);
            return await AnswerAsync(account, refreshToken, cancel);
        }, cancel) ?? throw new TokenRefused("invalid_grant", PasswordCheck.Failed);
    }

    public async Task<TokenAnswer> RefreshAsync(TokenRequest request, CancellationToken cancel)
    {
        RefuseScope(request);
        if (!RefreshToken.TryParse(request.Required("refresh_token"), out var token)) throw Ended();
        // Not refused inside the transaction, which would undo the end of the session.
        return await db.InTransactionAsync(() => RenewAsync(token, cancel), cancel) ?? throw Ended();
    }

    private async Task<TokenAnswer?> RenewAsync(RefreshToken token, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await db.LockSessionAsync(token.SessionId, cancel) is not { } session || !session.IsOpen(now)) return null;
        audit.Subject = session.AccountId.ToString();
        if (session.RenewBy(token, settings, now) is not { } next)
        {
            log.LogWarning("A spent refresh token of account {Account} came back; its session {Session} ends", session.AccountId, session.Id);
            session.End(now);
            await db.SaveChangesAsync(cancel);
            return null;
        }
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == session.AccountId, cancel);
        if (!account.Enabled) return null;
        await db.SaveChangesAsync(cancel);
        return await AnswerAsync(account, next, cancel);
    }

    public async Task<TokenAnswer> ClientCredentialsAsync(TokenRequest request, CancellationToken cancel)
    {
        var (id, secret) = request.ClientCredentials();
        var client = Guid.TryParse(id, out var clientId) ? await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId, cancel) : null;
        audit.Subject = client?.Id.ToString();
        if (!Secret.Matches(client?.SecretHash ?? NobodysHash, secret) || client is null)
            throw new TokenRefused("invalid_client", "The client is unknown or its secret is wrong.", 401);

        var wanted = request.Optional("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? client.Scopes;
        if (wanted.Except(client.Scopes).Any())
            throw new TokenRefused("invalid_scope", $"This client may ask for: {string.Join(' ', client.Scopes)}.");
        return new(await tokens.ForAsync(client, wanted, cancel), ExpiresIn, Scope: string.Join(' ', wanted));
    }

    private async Task<TokenAnswer> AnswerAsync(Account account, RefreshToken refreshToken, CancellationToken cancel) =>
        new(await tokens.ForAsync(account, cancel), ExpiresIn, refreshToken.ToString());

    private static void RefuseScope(TokenRequest request)
    {
        if (request.Optional("scope") is not null) throw new TokenRefused("invalid_scope", "People have roles, not scopes; leave the parameter out.");
    }

    private static TokenRefused Ended() => new("invalid_grant", "The refresh token was used already, has expired or was revoked. Sign in again.");
}
