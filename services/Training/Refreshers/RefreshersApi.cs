using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Refreshers;

public static class RefreshersApi
{
    public static void MapRefreshers(this IEndpointRouteBuilder app)
    {
        var refreshers = app.MapGroup("/api/training/refreshers").WithTags("Refreshers");

        refreshers.MapGet("/", ReadRefreshers.List).RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Evaluator));

        var decide = refreshers.MapGroup("/{id:guid}").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        decide.MapPost("/accept", AcceptRefresher.Handle);
        decide.MapPost("/dismiss", DismissRefresher.Handle);
    }
}
