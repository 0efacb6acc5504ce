using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses;

/// <summary>The courses that come with the product, added once; what the training partner made of them since is left alone.</summary>
public static class DefaultCourses
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private sealed record DefaultCourse(string Code, Toolkits.Audience Audience, Dictionary<string, string> Titles, Dictionary<string, string> Descriptions,
        string[] Topics, CompletionRule Rule, string[]? Certifies = null, int? ValidMonths = null);

    public static async Task AddDefaultCoursesAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<TrainingDb>(), scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        await db.InTransactionAsync(async () =>
        {
            await db.TakeTurnAsync("default_courses", CancellationToken.None);
            var known = await db.Courses.Select(c => c.Code).ToListAsync();
            foreach (var course in Read().Where(c => !known.Contains(c.Code)))
            {
                var facts = new CourseFacts(course.Titles, course.Descriptions, course.Topics, course.Rule, course.Certifies, course.ValidMonths);
                var (added, first) = Course.Create(course.Code, course.Audience, facts, "system", now);
                db.AddRange(added, first);
            }
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }

    private static List<DefaultCourse> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("default-courses.json")
            ?? throw new InvalidOperationException("default-courses.json is not embedded.");
        return JsonSerializer.Deserialize<List<DefaultCourse>>(file, Json)!;
    }
}
