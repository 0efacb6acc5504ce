using System.Linq.Expressions;

namespace BetterConnections.Identity.Accounts;

/// <summary>An account as the API shows it.</summary>
/// <param name="LockedUntil">After too many wrong passwords; may lie in the past.</param>
/// <param name="OneTimeUntil">Until when the handed-out password is good; null when the owner has chosen one.</param>
public sealed record AccountView(Guid Id, string UserName, IReadOnlyList<string> Roles, Guid? OrganisationId, bool Enabled,
    DateTimeOffset? LockedUntil, DateTimeOffset? OneTimeUntil, DateTimeOffset CreatedAt)
{
    public static readonly Expression<Func<Account, AccountView>> Of = a => new AccountView(a.Id, a.UserName!, a.Roles, a.OrganisationId, a.Enabled,
        a.LockoutEnd, a.OneTimeUntil, a.CreatedAt);

    private static readonly Func<Account, AccountView> Compiled = Of.Compile();

    public static AccountView From(Account account) => Compiled(account);
}
