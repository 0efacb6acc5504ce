using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

public static class ChangeCourse
{
    /// <summary>Adds a version, in force from now on: it un-completes nothing, and completes nobody before the next session or quiz.</summary>
    public static async Task<CourseView> Handle(Guid id, CourseFacts request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var course = await db.Courses.NamedAsync(id, cancel);
        http.Request.RequireMatch(course.Version);
        var next = course.Change(request, user.Subject(), clock.GetUtcNow());
        db.Add(next);
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(course.Version);
        return CourseView.From(course, next);
    }

    public static async Task<NoContent> Retire(Guid id, TrainingDb db, CancellationToken cancel)
    {
        (await db.Courses.NamedAsync(id, cancel)).Retire();
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    internal static async Task<Course> NamedAsync(this IQueryable<Course> courses, Guid id, CancellationToken cancel) =>
        await courses.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotThere("course_unknown", "There is no such course.");
}
