using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Identity.Clients;

public static class ClientsApi
{
    public static void MapClients(this IEndpointRouteBuilder app)
    {
        var clients = app.MapGroup("/api/identity/clients").WithTags("Clients").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        clients.MapGet("/", ListClients.Handle);
        clients.MapPost("/", CreateClient.Handle);
        clients.MapDelete("/{id:guid}", DeleteClient.Handle);
        clients.MapPost("/{id:guid}/rotate-secret", RotateSecret.Handle);
    }
}
