using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

public static class FacilitiesApi
{
    public static void MapFacilities(this IEndpointRouteBuilder app)
    {
        var facilities = app.MapGroup("/api/enrollment/facilities").WithTags("Facilities");

        var readers = Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.TrainingPartner, Roles.Evaluator, Roles.Employer, Roles.Volunteer);
        app.MapGet("/api/enrollment/facilities.geojson", MapOfFacilities.Handle).WithTags("Facilities").RequireAuthorization(readers);
        var read = facilities.MapGroup("").RequireAuthorization(readers);
        read.MapGet("/", ListFacilities.Handle);
        read.MapGet("/summary", SummariseFacilities.Handle);
        read.MapGet("/{id:guid}", ReadFacility.Handle);
        read.MapGet("/{id:guid}/history", ReadFacility.History);
        read.MapGet("/{id:guid}/needs-assessment", AssessNeeds.Read);

        var employers = facilities.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Employer));
        employers.MapPost("/", ApplyForFacility.Handle);
        employers.MapPost("/{id:guid}/withdraw", WithdrawFacility.Handle);
        employers.MapPut("/{id:guid}/opening-hours", SetOpeningHours.Handle);

        facilities.MapPost("/{id:guid}/needs-assessment", AssessNeeds.Handle)
            .RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Volunteer));

        // Logistics hands a delivery over to one of them.
        facilities.MapGet("/{id:guid}/helpers", NameHelper.List).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Logistics));

        var office = facilities.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        office.MapPut("/{id:guid}", PrioritiseFacility.Handle);
        office.MapPost("/{id:guid}/helpers", NameHelper.Handle);
        office.MapDelete("/{id:guid}/helpers/{subject}", NameHelper.Remove);
        office.MapPost("/{id:guid}/open", OpenFacility.Handle);
        office.MapPost("/{id:guid}/suspend", SuspendFacility.Handle);
        office.MapPost("/{id:guid}/resume", ResumeFacility.Handle);
        office.MapPost("/{id:guid}/close", CloseFacility.Handle);
    }
}
