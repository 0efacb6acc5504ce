using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Attendance;

namespace BetterConnections.Training.Sessions;

public static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/training/sessions").WithTags("Sessions");

        var read = sessions.MapGroup("").RequireAuthorization(Access.For("training.read",
            Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Evaluator, Roles.Volunteer, Roles.Employer));
        read.MapGet("/", ReadSessions.List);
        read.MapGet("/{id:guid}", ReadSessions.One);

        var plan = sessions.MapGroup("").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        plan.MapPost("/", PlanSession.Handle);
        plan.MapPost("/series", PlanSession.Series);
        plan.MapPut("/{id:guid}", ChangeSession.Handle);
        plan.MapPost("/{id:guid}/cancel", CancelSession.Handle);

        // A trainer: its own sessions only, see VisibleSessions.
        var run = sessions.MapGroup("/{id:guid}").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner, Roles.Volunteer));
        run.MapPost("/deliver", DeliverSession.Handle);
        run.MapGet("/roster", ReadRoster.Handle);
        run.MapPost("/roster", EnrollLearners.Handle);
        run.MapPost("/roster/leave", LeaveRoster.Handle);
        run.MapGet("/attendance", ReadAttendance.OfSession);
        run.MapGet("/attendance/marks", ReadAttendance.MarksOfSession);
        run.MapPost("/attendance", MarkAttendance.One);
        run.MapPost("/attendance/batch", MarkAttendance.Batch);
        run.MapPost("/attendance/marks/{mark:guid}/withdraw", WithdrawMark.Handle);
    }
}
