using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

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

        var progress = app.MapGroup("/api/training/progress").WithTags("Courses");
        progress.MapGet("/mine", ReadProgress.Mine).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        progress.MapGet("/{learner}", ReadProgress.Of).RequireAuthorization(Access.For("training.read", Roles.TrainingPartner, Roles.Volunteer));
    }
}
