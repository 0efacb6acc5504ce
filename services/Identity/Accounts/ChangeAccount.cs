using System.ComponentModel.DataAnnotations;
using BetterConnections.Contracts;
using BetterConnections.Identity.Tokens;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

public sealed record AccountChange([Required, MinLength(1)] IReadOnlyList<string> Roles, Guid? OrganisationId, [Required] bool? Enabled);

public static class ChangeAccount
{
    /// <summary>Needs <c>If-Match</c>. Takes effect with the next token: disabling ends every sign-in, and refreshed tokens carry the new roles.</summary>
    public static Task<AccountView> Handle(Guid id, AccountChange request, IdentityDb db, TimeProvider clock, HttpContext http, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await db.TakeTurnAsync("administrators", cancel); // two of them must not disable each other at once
            var account = await db.Accounts.WithIdAsync(id, cancel);
            http.Request.RequireMatch(account.Version);
            account.Change(request.Roles, request.OrganisationId, request.Enabled!.Value);
            if (!await db.Accounts.AnyAsync(a => a.Id != id && a.Enabled && a.Roles.Contains(Roles.ProgrammeOffice), cancel) && !IsAdministrator(account))
                throw new RuleBroken("last_administrator", "Nobody else who is enabled has the role programme-office.");
            await db.SaveChangesAsync(cancel);
            if (!account.Enabled) await db.EndSessionsAsync(id, clock.GetUtcNow(), cancel);
            http.Response.SetETag(account.Version);
            return AccountView.From(account);
        }, cancel);

    private static bool IsAdministrator(Account account) => account.Enabled && account.Roles.Contains(Roles.ProgrammeOffice);
}
