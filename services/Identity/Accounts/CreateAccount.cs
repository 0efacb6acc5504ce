using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace BetterConnections.Identity.Accounts;

/// <param name="UserName">An e-mail address.</param>
/// <param name="OrganisationId">Whose sites, donations or work orders the account sees; null where that does not apply.</param>
public sealed record NewAccount(
    [Required, EmailAddress, StringLength(254)] string UserName,
    [Required, MinLength(1)] IReadOnlyList<string> Roles,
    Guid? OrganisationId = null);

/// <summary>The only time the password is shown. It opens nothing but <c>POST /api/identity/me/password</c>.</summary>
public sealed record OneTimePassword(AccountView Account, string Password);

public static class CreateAccount
{
    public static async Task<Created<OneTimePassword>> Handle(NewAccount request, UserManager<Account> users, IdentitySettings settings, TimeProvider clock,
        HttpResponse response)
    {
        var account = Account.Create(request.UserName, request.Roles, request.OrganisationId, clock.GetUtcNow());
        account.OneTimeUntil = clock.GetUtcNow() + settings.OneTimePasswordLifetime;
        var password = PasswordRules.OneTime();
        (await users.CreateAsync(account, password)).OrRefuse();
        response.SetETag(account.Version);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/identity/accounts/{account.Id}", new OneTimePassword(AccountView.From(account), password));
    }
}
