using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Training.Courses;

/// <param name="Code">Lower-case words with dashes, e.g. <c>labour-rights</c>; never changes.</param>
public sealed record CreateCourseRequest([Required, RegularExpression("[a-z0-9]+(-[a-z0-9]+)*"), StringLength(60)] string Code, [Required] Audience? Audience,
    [Required] CourseFacts Course);

public static class CreateCourse
{
    public static async Task<Created<CourseView>> Handle(CreateCourseRequest request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, HttpResponse response,
        CancellationToken cancel)
    {
        var (course, first) = Course.Create(request.Code, request.Audience!.Value, request.Course, user.Subject(), clock.GetUtcNow());
        db.AddRange(course, first);
        await db.SaveChangesAsync(cancel);
        response.SetETag(course.Version);
        return TypedResults.Created($"/api/training/courses/{course.Id}", CourseView.From(course, first));
    }
}
