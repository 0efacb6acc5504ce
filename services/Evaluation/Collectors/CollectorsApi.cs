using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Collectors;

public static class CollectorsApi
{
    public static void MapCollectors(this IEndpointRouteBuilder app)
    {
        var collectors = app.MapGroup("/api/evaluation/collectors").WithTags("Collectors")
            .RequireAuthorization(Access.ForRoles(Roles.Evaluator, Roles.ProgrammeOffice));
        collectors.MapPost("/", IssueCollector.Handle);
        collectors.MapGet("/", ListCollectors.Handle);
        collectors.MapGet("/{id:guid}", ReadCollector.Handle);
        collectors.MapPut("/{id:guid}", ChangeCollector.Handle);
        collectors.MapPost("/{id:guid}/revoke", RevokeCollector.Handle);

        var own = app.MapGroup("/api/evaluation/my/collectors").WithTags("Collectors").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        own.MapGet("/", OwnCollectors.List);
        own.MapPost("/{id:guid}/address", OwnCollectors.Address);
    }
}
