using BetterConnections.Identity.Tokens;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Identity;

namespace BetterConnections.Identity.Accounts;

public static class ResetPassword
{
    /// <summary>Ends every sign-in of the account, and any lock. The programme office hands the password over and does not know the one chosen next.</summary>
    public static Task<OneTimePassword> Handle(Guid id, IdentityDb db, UserManager<Account> users, IdentitySettings settings, TimeProvider clock,
        HttpResponse response, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var account = await db.Accounts.WithIdAsync(id, cancel);
            var password = PasswordRules.OneTime();
            account.OneTimeUntil = clock.GetUtcNow() + settings.OneTimePasswordLifetime;
            account.Unlock();
            await users.SetPasswordAsync(account, password);
            await db.EndSessionsAsync(id, clock.GetUtcNow(), cancel);
            response.Headers.CacheControl = "no-store";
            return new OneTimePassword(AccountView.From(account), password);
        }, cancel);

    /// <summary>Saves the account with this password, if the rules allow it.</summary>
    public static async Task SetPasswordAsync(this UserManager<Account> users, Account account, string password)
    {
        account.PasswordHash = null; // an account that has a password is given none
        (await users.AddPasswordAsync(account, password)).OrRefuse();
    }
}
