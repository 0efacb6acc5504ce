using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Facilities;

public static class FacilitiesApi
{
    public static void MapFacilities(this IEndpointRouteBuilder app)
    {
        var facilities = app.MapGroup("/api/training/facilities").WithTags("Facilities");

        var read = facilities.MapGroup("").RequireAuthorization(Access.For("training.read",
            Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Evaluator, Roles.Volunteer, Roles.Employer));
        read.MapGet("/", ReadFacilities.List);
        read.MapGet("/{id:guid}", ReadFacilities.One);

        facilities.MapGet("/{id:guid}/trainers", ReadFacilities.Trainers).RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice));
    }
}
