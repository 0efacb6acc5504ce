using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Availability;

public static class AvailabilityApi
{
    public static void MapAvailability(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/volunteer/volunteers/{id:guid}/availability", ReadAvailability.Handle).WithTags("Availability")
            .RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer));

        var own = app.MapGroup("/api/volunteer/me/availability").WithTags("Availability").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        own.MapGet("", ReadAvailability.Own);
        own.MapPut("", SetAvailability.Handle);
    }
}
