using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Identity.Clients;

/// <summary>A partner's system that signs in for itself (client credentials).</summary>
public sealed class Client
{
    private Client() { }

    /// <summary>The <c>client_id</c>, and the <c>sub</c> of its tokens.</summary>
    public Guid Id { get; private set; }
    public string Name { get; private set; } = null!;
    public string[] Scopes { get; private set; } = null!;
    public byte[] SecretHash { get; private set; } = null!;
    public DateTimeOffset CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = null!;
    public DateTimeOffset SecretSince { get; private set; }

    public static Client Create(string name, IReadOnlyCollection<string> scopes, string by, DateTimeOffset at)
    {
        if (scopes.Except(ServiceDefaults.Scopes.All).ToList() is [var unknown, ..])
            throw new BadInput("scope_unknown", $"There is no scope '{unknown}'.").With("scopes", ServiceDefaults.Scopes.All);
        return new() { Id = Guid.NewGuid(), Name = name.Trim(), Scopes = [.. scopes.Distinct().Order()], CreatedBy = by, CreatedAt = at };
    }

    /// <summary>The only time the secret can be seen; one given earlier is void at once.</summary>
    public string GiveSecret(DateTimeOffset at)
    {
        var secret = Secret.Create();
        (SecretHash, SecretSince) = (Secret.Hash(secret), at);
        return secret;
    }
}

internal sealed class ClientMapping : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.ToTable("clients");
        client.Property(c => c.Id).ValueGeneratedNever();
        client.Property(c => c.Scopes).IsAudited();
        client.HasIndex(c => c.Name).IsUnique().HasDatabaseName("client_name_taken");
    }
}
