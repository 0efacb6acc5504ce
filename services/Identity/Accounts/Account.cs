using BetterConnections.Contracts;
using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Identity.Accounts;

/// <summary>
/// Who may sign in. The user name is an e-mail address that nobody has proven, so it is a name and no more:
/// what an account may do comes from its roles, and the programme reviews employers and screens volunteers.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    private Account() { }

    /// <summary>Words of <see cref="Contracts.Roles"/>, at least one.</summary>
    public string[] Roles { get; private set; } = null!;
    public Guid? OrganisationId { get; private set; }
    public bool Enabled { get; private set; } = true;
    /// <summary>Set while the password is one that the programme office handed out: good until then, and only for choosing another.</summary>
    public DateTimeOffset? OneTimeUntil { get; set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public uint Version { get; private set; }

    public static Account Create(string userName, IReadOnlyCollection<string> roles, Guid? organisationId, DateTimeOffset at)
    {
        var account = new Account { Id = Guid.CreateVersion7(at), UserName = userName.Trim(), CreatedAt = at };
        account.Change(roles, organisationId, enabled: true);
        return account;
    }

    public void Change(IReadOnlyCollection<string> roles, Guid? organisationId, bool enabled)
    {
        if (roles.Count == 0) throw new BadInput("role_required", "An account has at least one role.");
        if (roles.Except(Contracts.Roles.All).ToList() is [var unknown, ..])
            throw new BadInput("role_unknown", $"There is no role '{unknown}'.").With("roles", Contracts.Roles.All);
        (Roles, OrganisationId, Enabled) = ([.. roles.Distinct().Order()], organisationId, enabled);
    }

    public bool IsLocked(DateTimeOffset now) => LockoutEnd > now;

    public void Unlock() => (LockoutEnd, AccessFailedCount) = (null, 0);
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts");
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.UserName).IsRequired();
        account.Property(a => a.NormalizedUserName).IsRequired();
        account.Property(a => a.PasswordHash).IsRequired();
        account.Property(a => a.SecurityStamp).IsRequired();
        account.Property(a => a.Roles).IsAudited();
        account.Property(a => a.OrganisationId).IsAudited();
        account.Property(a => a.Enabled).IsAudited();
        account.Property(a => a.Version).IsRowVersion();
        account.HasIndex(a => a.NormalizedUserName).IsUnique().HasDatabaseName("user_name_taken");
        // What the base class has beyond what is used here; the row version replaces its concurrency stamp.
        account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber)
            .Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.TwoFactorEnabled).Ignore(a => a.LockoutEnabled).Ignore(a => a.ConcurrencyStamp);
    }
}
