using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Assignments;

/// <summary>Who is still to be asked, under pseudonyms; collectors find the card in the list on their phones.</summary>
public static class AssignmentsApi
{
    public static void MapAssignments(this IEndpointRouteBuilder app)
    {
        var wave = app.MapGroup("/api/evaluation/waves/{code}").WithTags("Assignments");
        wave.MapGet("/assignments", ListAssignments.Handle).RequireAuthorization(Access.For("evaluation.interviews", Roles.Evaluator, Roles.ProgrammeOffice));
        wave.MapGet("/facilities", ListProgress.Handle).RequireAuthorization(Access.For("evaluation.read", Roles.Evaluator, Roles.ProgrammeOffice));

        app.MapPost("/api/evaluation/assignments/{id:long}/attempts", RecordAttempt.Handle).WithTags("Assignments")
            .RequireAuthorization(Access.ForRoles(Roles.Evaluator));
    }
}
