using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

public static class AccountsApi
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/identity/accounts").WithTags("Accounts");

        var read = accounts.MapGroup("").RequireAuthorization(Access.For("identity.read", Roles.ProgrammeOffice));
        read.MapGet("/", ListAccounts.Handle);
        read.MapGet("/{id:guid}", ReadAccount.Handle);

        // The programme office may give every role, its own included; operators run the system and give none.
        var write = accounts.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        write.MapPost("/", CreateAccount.Handle);
        write.MapPut("/{id:guid}", ChangeAccount.Handle);
        write.MapPost("/{id:guid}/unlock", UnlockAccount.Handle);
        write.MapPost("/{id:guid}/reset-password", ResetPassword.Handle);

        app.MapPost("/api/identity/registrations", Register.Handle).WithTags("Accounts").AllowAnonymous();
        app.MapGet("/api/identity/me", ReadAccount.Mine).WithTags("Me").RequireAuthorization();
        app.MapPost("/api/identity/me/password", ChangePassword.Handle).WithTags("Me").AllowAnonymous();
    }

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(o => o.User.AllowedUserNameCharacters = "") // any: an e-mail address is checked as one
            .AddUserStore<UserOnlyStore<Account, IdentityDb, Guid>>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000); // PBKDF2-HMAC-SHA512, OWASP password storage
        foreach (var standard in services.Where(s => s.ServiceType == typeof(IPasswordValidator<Account>)).ToList()) services.Remove(standard);
        services.AddSingleton<IPasswordValidator<Account>, PasswordRules>();
        services.AddScoped<PasswordCheck>();
    }
}
