using BetterConnections.Contracts;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity.Accounts;

internal static class FirstAdministratorSetup
{
    /// <summary>Does nothing once there is any account, so that a forgotten setting cannot open a system in use.</summary>
    public static async Task CreateFirstAdministratorAsync(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IdentitySettings>().FirstAdministrator is not { } first) return;
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        await db.InTransactionAsync(async () =>
        {
            await db.TakeTurnAsync("first_administrator", CancellationToken.None);
            if (await db.Accounts.AnyAsync()) return false;
            var account = Account.Create(first.UserName, [Roles.ProgrammeOffice, Roles.Operator], null, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            (await users.CreateAsync(account, first.Password)).OrRefuse();
            app.Logger.LogInformation("The first administrator was created: account {Account}", account.Id);
            return true;
        }, CancellationToken.None);
    }
}
