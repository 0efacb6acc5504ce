using BetterConnections.Postgres;
using BetterConnections.Postgres.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

/// <summary>
/// Whether somebody knows an account's password. It takes as long and says as little when there is no such account, when it is
/// locked or when it is disabled. Counting is done by the database in one statement, because guesses come side by side:
/// a right one counts only if fewer than the allowed wrong ones were counted before it.
/// </summary>
public sealed class PasswordCheck(IdentityDb db, IPasswordHasher<Account> hasher, ILookupNormalizer names, IdentitySettings settings, TimeProvider clock, AuditTrail audit)
{
    /// <summary>The one sentence for every reason.</summary>
    public const string Failed = "The user name or the password is wrong, or the account is not open. Several wrong passwords close an account for a while.";

    private static string? _nobodysHash;

    /// <summary>
    /// Runs <paramref name="then"/> in a transaction in which the account can neither be disabled nor get another password, and
    /// answers what it answers; null when the password does not pass. A one-time password passes: what it opens is for the caller to decide.
    /// </summary>
    public async Task<T?> PassAsync<T>(string userName, string password, Func<Account, Task<T>> then, CancellationToken cancel) where T : class
    {
        var name = names.NormalizeName(userName.Trim());
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.NormalizedUserName == name, cancel);
        audit.Subject = account?.Id.ToString();
        _nobodysHash ??= hasher.HashPassword(null!, PasswordRules.OneTime());
        var isRight = hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? _nobodysHash, password) != PasswordVerificationResult.Failed;
        if (account is null) return null;
        if (!isRight)
        {
            await CountFailureAsync(account.Id, cancel);
            return null;
        }
        return await db.InTransactionAsync(async () =>
            await AdmitAsync(account, cancel) ? await then(await db.Accounts.SingleAsync(a => a.Id == account.Id, cancel)) : null, cancel);
    }

    private async Task<bool> AdmitAsync(Account account, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Accounts
            .Where(a => a.Id == account.Id && a.PasswordHash == account.PasswordHash && a.Enabled)
            .Where(a => (a.LockoutEnd == null || a.LockoutEnd <= now) && (a.OneTimeUntil == null || a.OneTimeUntil > now))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessFailedCount, 0), cancel) == 1;
    }

    /// <summary>Guesses during a lock do not prolong it, else a stranger could keep the owner out for good.</summary>
    private Task CountFailureAsync(Guid id, CancellationToken cancel)
    {
        var (now, last) = (clock.GetUtcNow(), settings.LockoutAfter - 1);
        DateTimeOffset? until = now + settings.LockoutFor;
        return db.Accounts.Where(a => a.Id == id && (a.LockoutEnd == null || a.LockoutEnd <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount >= last ? until : null)
            .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount >= last ? 0 : a.AccessFailedCount + 1), cancel);
    }
}
