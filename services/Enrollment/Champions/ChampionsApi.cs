using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Champions;

public static class ChampionsApi
{
    public static void MapChampions(this IEndpointRouteBuilder app)
    {
        var champions = app.MapGroup("/api/enrollment/facilities/{id:guid}/champions").WithTags("Champions");
        champions.MapGet("", ListChampions.Handle).RequireAuthorization(
            Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Employer, Roles.Volunteer));
        var write = champions.MapGroup("").RequireAuthorization(Access.For("enrollment.write", Roles.ProgrammeOffice, Roles.Employer, Roles.Volunteer));
        write.MapPost("", NameChampion.Handle);
        write.MapPost("/{championId:guid}/end", EndChampion.Handle);
    }
}
