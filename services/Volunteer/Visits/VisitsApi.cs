using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Visits;

public static class VisitsApi
{
    public static void MapVisits(this IEndpointRouteBuilder app)
    {
        var visits = app.MapGroup("/api/volunteer/visits").WithTags("Visits");
        var readers = Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Volunteer);

        var read = visits.MapGroup("").RequireAuthorization(readers);
        read.MapGet("/", ReadVisits.List);
        read.MapGet("/{id:guid}", ReadVisits.One);
        app.MapGet("/api/volunteer/hours", SumHours.Handle).WithTags("Visits").RequireAuthorization(readers);

        var own = visits.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        own.MapPost("/", CheckIn.Handle);
        own.MapPost("/{id:guid}/check-out", CheckOut.Handle);

        var judge = visits.MapGroup("/{id:guid}").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner));
        judge.MapPost("/approve", JudgeVisit.Approve);
        judge.MapPost("/reject", JudgeVisit.Reject);
    }
}
