using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Assignments;

/// <summary>Who is still to be asked, under pseudonyms; collectors find the card in the list on their phones.</summary>
public static class AssignmentsApi
{
    public static void MapAssignments(this IEndpointRouteBuilder app)
    {
        // The progress of one facility may be that of one person.
        var wave = app.MapGroup("/api/evaluation/waves/{code}").WithTags("Assignments").RequireAuthorization(Access.For("evaluation.interviews", Roles.Evaluator, Roles.ProgrammeOffice));
        wave.MapGet("/assignments", ListAssignments.Handle);
        wave.MapGet("/facilities", ListProgress.Handle);

        app.MapPost("/api/evaluation/assignments/{id:long}/attempts", RecordAttempt.Handle).WithTags("Assignments")
            .RequireAuthorization(Access.ForRoles(Roles.Evaluator));
    }
}
