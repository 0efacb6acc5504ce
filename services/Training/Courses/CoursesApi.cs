using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Courses.Runs;

namespace BetterConnections.Training.Courses;

public static class CoursesApi
{
    public static void MapCourses(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/training/courses").WithTags("Courses").RequireAuthorization(
            Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Volunteer, Roles.Evaluator));
        read.MapGet("/", ReadCourses.List);
        read.MapGet("/{id:guid}", ReadCourses.One);
        read.MapGet("/{id:guid}/versions", ReadCourses.Versions);

        var write = app.MapGroup("/api/training/courses").WithTags("Courses").RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        write.MapPost("/", CreateCourse.Handle);
        write.MapPut("/{id:guid}", ChangeCourse.Handle);
        write.MapPost("/{id:guid}/retire", ChangeCourse.Retire);
        write.MapPost("/{id:guid}/runs", OpenRun.Handle);

        var runs = app.MapGroup("/api/training/course-runs").WithTags("Courses");
        var see = runs.MapGroup("").RequireAuthorization(Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice, Roles.Volunteer));
        see.MapGet("/", ReadRuns.List);
        see.MapGet("/{id:guid}", ReadRuns.One);
        runs.MapGet("/{id:guid}/learners", ReadRunLearners.Handle).RequireAuthorization(Access.For("training.read", Roles.TrainingPartner));
        runs.MapPost("/{id:guid}/enrolments", EnrollInRun.Handle).RequireAuthorization(Access.For("training.write", Roles.TrainingPartner));
        runs.MapPost("/{id:guid}/enroll", EnrollInRun.Self).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        runs.MapPost("/{id:guid}/leave", EnrollInRun.Leave).RequireAuthorization(Access.ForRoles(Roles.Volunteer));

        var progress = app.MapGroup("/api/training/progress").WithTags("Courses");
        progress.MapGet("/mine", ReadProgress.Mine).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        progress.MapGet("/{learner}", ReadProgress.Of).RequireAuthorization(Access.For("training.read", Roles.TrainingPartner, Roles.Volunteer));
    }
}
