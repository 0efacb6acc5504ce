using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Assignments;

public static class AssignmentsApi
{
    public static void MapAssignments(this IEndpointRouteBuilder app)
    {
        var assignments = app.MapGroup("/api/volunteer/assignments").WithTags("Assignments");
        var (staff, volunteers) = (Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner), Access.ForRoles(Roles.Volunteer));

        var read = assignments.MapGroup("").RequireAuthorization(Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer));
        read.MapGet("/", ReadAssignments.List);
        read.MapGet("/{id:guid}", ReadAssignments.One);

        var openings = app.MapGroup("/api/volunteer/openings/{id:guid}").WithTags("Assignments");
        openings.MapPost("/offers", ProposeAssignment.Offer).RequireAuthorization(staff);
        openings.MapPost("/requests", ProposeAssignment.Request).RequireAuthorization(volunteers);

        var answer = assignments.MapGroup("/{id:guid}").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer));
        answer.MapPost("/accept", AcceptAssignment.Handle);
        answer.MapPost("/decline", EndAssignment.Decline);

        assignments.MapPost("/{id:guid}/withdraw", EndAssignment.Withdraw).RequireAuthorization(volunteers);
        var end = assignments.MapGroup("/{id:guid}").RequireAuthorization(staff);
        end.MapPost("/cancel", EndAssignment.Cancel);
        end.MapPost("/finish", EndAssignment.Finish);
    }
}
