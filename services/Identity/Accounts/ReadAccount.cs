using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

public static class ReadAccount
{
    public static async Task<AccountView> Handle(Guid id, IdentityDb db, HttpResponse response, CancellationToken cancel)
    {
        var account = await db.Accounts.AsNoTracking().WithIdAsync(id, cancel);
        response.SetETag(account.Version);
        return AccountView.From(account);
    }

    public static Task<AccountView> Mine(ClaimsPrincipal user, IdentityDb db, HttpResponse response, CancellationToken cancel) =>
        Handle(user.AccountId(), db, response, cancel);

    public static async Task<Account> WithIdAsync(this IQueryable<Account> accounts, Guid id, CancellationToken cancel) =>
        await accounts.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotThere("account_unknown", "There is no such account.");

    /// <summary>The signed-in account; that of a partner system is found nowhere.</summary>
    public static Guid AccountId(this ClaimsPrincipal user) => Guid.TryParse(user.Subject(), out var id) ? id : Guid.Empty;
}
