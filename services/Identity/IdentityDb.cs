using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Clients;
using BetterConnections.Identity.Keys;
using BetterConnections.Identity.Tokens;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Identity;

public sealed class IdentityDb(DbContextOptions<IdentityDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    /// <summary>Holds <paramref name="what"/> for the current transaction, so that replicas take turns.</summary>
    public Task TakeTurnAsync(string what, CancellationToken cancel) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({what}, 0))", cancel);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(IdentityDb).Assembly);
        model.UsePostgresDefaults();
    }
}
