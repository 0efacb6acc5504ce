using System.ComponentModel.DataAnnotations;
using BetterConnections.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Identity.Accounts;

/// <param name="UserName">An e-mail address.</param>
/// <param name="Role"><c>employer</c> or <c>volunteer</c>; all others are given by the programme office.</param>
public sealed record Registration(
    [Required, EmailAddress, StringLength(254)] string UserName,
    [Required, StringLength(PasswordRules.MostLength)] string Password,
    [Required, AllowedValues(Roles.Employer, Roles.Volunteer)] string Role);

public static class Register
{
    /// <summary>
    /// 202 whether or not the user name was free, after the same work: a stranger does not learn here who has an account.
    /// Signing in with the new password then tells the two apart. That cannot be avoided without sending mail, which this
    /// system does not; it costs a stranger an account for every name tried, and the gateway limits how often one may try.
    /// </summary>
    public static async Task<Accepted> Handle(Registration request, UserManager<Account> users, IdentityDb db, TimeProvider clock)
    {
        db.Database.AutoSavepointsEnabled = true; // the refused save below ends no transaction that an Idempotency-Key has begun
        var organisation = request.Role == Roles.Employer ? Guid.NewGuid() : (Guid?)null;
        var account = Account.Create(request.UserName, [request.Role], organisation, clock.GetUtcNow());
        try
        {
            var result = await users.CreateAsync(account, request.Password); // refuses and hashes the password before it looks for the name
            if (!result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))) result.OrRefuse();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "user_name_taken" })
        {
            // Registered by another request at the same moment: the same as taken.
        }
        return TypedResults.Accepted((string?)null);
    }
}
