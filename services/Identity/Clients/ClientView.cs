using System.Linq.Expressions;

namespace BetterConnections.Identity.Clients;

/// <summary>A partner system as the API shows it.</summary>
/// <param name="Id">The <c>client_id</c>.</param>
/// <param name="CreatedBy">The account that created it.</param>
public sealed record ClientView(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset SecretSince)
{
    public static readonly Expression<Func<Client, ClientView>> Of = c => new ClientView(c.Id, c.Name, c.Scopes, c.CreatedAt, c.CreatedBy, c.SecretSince);

    private static readonly Func<Client, ClientView> Compiled = Of.Compile();

    public static ClientView From(Client client) => Compiled(client);
}

/// <summary>The only time the secret is shown.</summary>
public sealed record ClientSecret(ClientView Client, string Secret);
