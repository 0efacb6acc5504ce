using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Attendance;

public static class AttendanceApi
{
    public static void MapAttendance(this IEndpointRouteBuilder app)
    {
        var training = app.MapGroup("/api/training").WithTags("Attendance");

        training.MapGet("/attendance/totals", SumAttendance.Handle).RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Evaluator, Roles.Employer));

        // Single people: the training partner, and a volunteer about itself.
        training.MapGet("/learners/{learner}/attendance", ReadAttendance.OfLearner).RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner, Roles.Volunteer));
        training.MapGet("/facilities/{id:guid}/attendance", ReadAttendance.OfFacility).RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner));
    }
}
