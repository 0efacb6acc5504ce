using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Openings;

public static class OpeningsApi
{
    public static void MapOpenings(this IEndpointRouteBuilder app)
    {
        var openings = app.MapGroup("/api/volunteer/openings").WithTags("Openings");

        var read = openings.MapGroup("").RequireAuthorization(Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer));
        read.MapGet("/", ReadOpenings.List);
        read.MapGet("/{id:guid}", ReadOpenings.One);

        var write = openings.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner));
        write.MapPost("/", AddOpening.Handle);
        write.MapPost("/{id:guid}/close", EndOpening.Close);
        write.MapPost("/{id:guid}/cancel", EndOpening.Cancel);
        write.MapGet("/{id:guid}/candidates", FindCandidates.Handle);
    }
}
