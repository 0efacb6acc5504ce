using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace BetterConnections.Identity.Accounts;

/// <summary>Long, not the user name, and none of the first guesses (NIST SP 800-63B); no rules about signs and digits, which make passwords worse.</summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int LeastLength = 12, MostLength = 200;
    private const int LeastDifferent = 5;

    /// <summary>What is left of the commonest passwords when digits and signs are taken away; empty for those that have nothing else.</summary>
    private static readonly HashSet<string> Commonest =
    [
        "", "password", "passwords", "passwort", "passw", "pass", "pwd", "qwerty", "qwertyuiop", "qwertyuiopasdf", "asdfghjkl", "azerty", "zxcvbnm",
        "abc", "abcdef", "abcdefghijkl", "letmein", "letmeinplease", "welcome", "welcometoqatar", "admin", "administrator", "changeme",
        "changemenow", "changeit", "secret", "iloveyou", "sunshine", "princess", "football", "dragon", "monkey", "master", "superman", "qazwsx",
        "qazwsxedc", "test", "testtesttest", "user", "guest", "login", "qatar", "doha", "dohaqatar", "bismillah", "betterconnections", "betterconnection",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account account, string? password) =>
        Task.FromResult(Refusal(account.UserName!, password ?? "") is { } error ? IdentityResult.Failed(error) : IdentityResult.Success);

    private static IdentityError? Refusal(string userName, string password)
    {
        if (password.Length < LeastLength)
            return new() { Code = "password_too_short", Description = $"A password has at least {LeastLength} characters." };
        if (password.Contains(userName, StringComparison.OrdinalIgnoreCase) || password.Equals(userName.Split('@')[0], StringComparison.OrdinalIgnoreCase))
            return new() { Code = "password_is_user_name", Description = "A password is not the user name." };
        if (Commonest.Contains(string.Concat(password.Where(char.IsLetter)).ToLowerInvariant()) || password.Distinct().Count() < LeastDifferent)
            return new() { Code = "password_too_common", Description = "This is one of the first passwords that somebody else would try." };
        return null;
    }

    /// <summary>120 random bits, easily read out over the telephone: four groups of lower-case letters and digits without 0, 1, l and o.</summary>
    public static string OneTime() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 6)));
}

internal static class IdentityResults
{
    /// <summary>What ASP.NET Core Identity refused, as our own refusal.</summary>
    public static void OrRefuse(this IdentityResult result)
    {
        if (result.Errors.FirstOrDefault() is not { } error) return;
        throw error.Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateUserName) => new RuleBroken("user_name_taken", "There is an account with this user name."),
            nameof(IdentityErrorDescriber.ConcurrencyFailure) => new RuleBroken("changed_meanwhile", "Someone changed this at the same moment. Repeat the request."),
            _ => new BadInput(SnakeCase(error.Code), error.Description),
        };
    }

    private static string SnakeCase(string code) => Postgres.SnakeCaseNames.Of(code);
}
