using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

/// <param name="Search">Beginning of a user name.</param>
public sealed record AccountFilter(string? Role = null, Guid? OrganisationId = null, bool? Enabled = null, string? Search = null,
    string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListAccounts
{
    /// <summary>By user name.</summary>
    public static async Task<Page<AccountView>> Handle([AsParameters] AccountFilter filter, IdentityDb db, CancellationToken cancel)
    {
        var accounts = db.Accounts.AsNoTracking();
        if (filter.Role is { } role) accounts = accounts.Where(a => a.Roles.Contains(role));
        if (filter.OrganisationId is { } organisation) accounts = accounts.Where(a => a.OrganisationId == organisation);
        if (filter.Enabled is { } enabled) accounts = accounts.Where(a => a.Enabled == enabled);
        if (filter.Search?.Trim().ToUpperInvariant() is { Length: > 0 } search) accounts = accounts.Where(a => a.NormalizedUserName!.StartsWith(search));
        return await accounts.PageAsync(a => a.NormalizedUserName!, filter, AccountView.Of, cancel: cancel);
    }
}
