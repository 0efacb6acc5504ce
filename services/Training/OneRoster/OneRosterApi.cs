using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.OneRoster;

public static class OneRosterApi
{
    public static void MapOneRoster(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/training/oneroster", ExportRoster.Handle).WithTags("OneRoster").RequireAuthorization(Access.ForRoles(Roles.TrainingPartner));
}
