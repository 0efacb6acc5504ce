using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Identity.Clients;

/// <param name="Scopes">The most its tokens may ask for; see <see cref="ServiceDefaults.Scopes.All"/>.</param>
public sealed record NewClient([Required, StringLength(100, MinimumLength = 3)] string Name, [Required, MinLength(1)] IReadOnlyList<string> Scopes);

public static class CreateClient
{
    public static async Task<Created<ClientSecret>> Handle(NewClient request, IdentityDb db, ClaimsPrincipal user, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var client = Client.Create(request.Name, request.Scopes, user.Subject(), clock.GetUtcNow());
        var secret = client.GiveSecret(clock.GetUtcNow());
        db.Clients.Add(client);
        await db.SaveChangesAsync(cancel);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, new ClientSecret(ClientView.From(client), secret));
    }
}
