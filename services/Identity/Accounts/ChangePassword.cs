using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Identity.Tokens;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

/// <param name="UserName">Needed without a token, since a one-time password gives none. With one it is the token's account.</param>
public sealed record PasswordChange(
    [Required, StringLength(PasswordRules.MostLength)] string CurrentPassword,
    [Required, StringLength(PasswordRules.MostLength)] string NewPassword,
    [StringLength(254)] string? UserName = null);

public static class ChangePassword
{
    /// <summary>The proof is the current password, and wrong ones count as they do at sign-in. Every sign-in of the account ends.</summary>
    public static async Task<NoContent> Handle(PasswordChange request, ClaimsPrincipal user, IdentityDb db, PasswordCheck passwords, UserManager<Account> users,
        TimeProvider clock, CancellationToken cancel)
    {
        if (request.NewPassword == request.CurrentPassword) throw new BadInput("password_unchanged", "Choose a password that differs from the current one.");
        var userName = user.Identity?.IsAuthenticated == true
            ? (await db.Accounts.AsNoTracking().WithIdAsync(user.AccountId(), cancel)).UserName!
            : request.UserName ?? throw new BadInput("user_name_required", "Without a token, say whose password this is.");

        var changed = await passwords.PassAsync(userName, request.CurrentPassword, async account =>
        {
            account.OneTimeUntil = null;
            await users.SetPasswordAsync(account, request.NewPassword);
            await db.EndSessionsAsync(account.Id, clock.GetUtcNow(), cancel);
            return account;
        }, cancel);
        return changed is not null ? TypedResults.NoContent() : throw new Refused(403, "password_wrong", PasswordCheck.Failed);
    }
}
