using BetterConnections.Postgres;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

public sealed record CourseFilter(Audience? Audience = null, CourseState? State = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadCourses
{
    public static Task<Page<CourseView>> List([AsParameters] CourseFilter filter, TrainingDb db, CancellationToken cancel) =>
        db.Courses.AsNoTracking()
            .Where(c => filter.Audience == null || c.Audience == filter.Audience)
            .Where(c => filter.State == null || c.State == filter.State)
            .Join(db.CourseVersions, c => new { CourseId = c.Id, Number = c.CurrentVersion }, v => new { v.CourseId, v.Number }, (course, at) => new CourseAt { Course = course, At = at })
            .PageAsync(x => x.Course.Code, filter, CourseView.Of, cancel: cancel);

    public static async Task<CourseView> One(Guid id, TrainingDb db, HttpResponse response, CancellationToken cancel)
    {
        var course = await db.Courses.AsNoTracking().NamedAsync(id, cancel);
        response.SetETag(course.Version);
        return CourseView.From(course, await db.CourseVersions.AsNoTracking().SingleAsync(v => v.CourseId == id && v.Number == course.CurrentVersion, cancel));
    }

    /// <summary>All there ever were, the latest first.</summary>
    public static async Task<IReadOnlyList<CourseView>> Versions(Guid id, TrainingDb db, CancellationToken cancel)
    {
        var course = await db.Courses.AsNoTracking().NamedAsync(id, cancel);
        return [.. (await db.CourseVersions.AsNoTracking().Where(v => v.CourseId == id).OrderByDescending(v => v.Number).ToListAsync(cancel)).Select(v => CourseView.From(course, v))];
    }
}
