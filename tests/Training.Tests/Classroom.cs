using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Attendance;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Training.Tests;

/// <summary>Facilities, learners, attendance and courses as tests speak of them.</summary>
static class Classroom
{
    private static int _sessions;

    public static async Task<FacilityOpened> FacilityAsync(this TrainingApp training)
    {
        var opened = new FacilityOpened(Guid.NewGuid(), "F" + Guid.NewGuid().ToString("n")[..6], Guid.NewGuid(), 1, "Zone 5", 25.2, 51.5, 800, ["en"], ["computer-basics"], training.Clock.GetUtcNow());
        await training.DeliverAsync(opened);
        return opened;
    }

    public static async Task<IReadOnlyList<JoinedWorker>> WorkersAsync(this TrainingApp training, int count, Guid? facility = null)
    {
        var joined = new WorkersJoined(facility ?? (await training.FacilityAsync()).FacilityId,
            [.. Enumerable.Range(0, count).Select(_ => new JoinedWorker(Guid.NewGuid(), $"W-{Guid.NewGuid().ToString("n")[..8].ToUpperInvariant()}-X", ["en"]))], training.Clock.GetUtcNow());
        await training.DeliverAsync(joined);
        return joined.Workers;
    }

    public static async Task<VolunteerScreened> VolunteerAsync(this TrainingApp training)
    {
        var screened = new VolunteerScreened(Guid.NewGuid(), $"account-{Guid.NewGuid():n}", ["en"], training.Clock.GetUtcNow(), $"V-{Guid.NewGuid():n}"[..12].ToUpperInvariant());
        await training.DeliverAsync(screened);
        return screened;
    }

    /// <summary>An active course of its own, so that tests do not meet each other's.</summary>
    public static async Task<CourseView> CourseAsync(this TrainingApp training, string topic, CompletionRule rule, Audience audience = Audience.Workers, int? validMonths = null,
        string[]? certifies = null) =>
        await training.As(Roles.TrainingPartner).PostAsync<CourseView>("/api/training/courses", new
        {
            Code = $"course-{Guid.NewGuid():n}",
            audience,
            Course = new CourseFacts(new() { ["en"] = "Test course", ["ar"] = "دورة" }, new() { ["en"] = "What it is." }, [topic], rule, certifies, validMonths),
        });

    /// <summary>A topic that nothing else in the suite is about.</summary>
    public static string Topic() => $"topic-{Guid.NewGuid():n}";

    /// <summary>One session, attended by all of them; what follows from it is done in the same transaction, as where attendance is taken.</summary>
    public static Task AttendAsync(this TrainingApp training, string topic, int minutes, IEnumerable<Guid> learners, Audience audience = Audience.Workers,
        DateTimeOffset? starts = null, Guid? facility = null) => training.InTransactionAsync(async (db, courses) =>
    {
        var now = training.Clock.GetUtcNow();
        var begins = starts ?? now.AddHours(-3 * Interlocked.Increment(ref _sessions));
        var session = Session.Plan(topic, audience, "en", facility, facility is null ? "Training centre" : null, Slot.Of(begins, begins.AddHours(2)), 20, Teaching.ByPartner, null, begins.AddDays(-1));
        db.Add(session);
        Guid[] ids = [.. learners];
        foreach (var id in ids)
        {
            var mark = new AttendanceMark { Id = Guid.NewGuid(), SessionId = session.Id, LearnerId = id, Revision = 1, Minutes = minutes, DeviceTime = begins, RecordedBy = "test", ReceivedAt = now };
            db.AddRange(mark, AttendanceRecord.From(mark));
        }
        await db.SaveChangesAsync();
        await courses.ForAsync(ids, default);
    });

    public static async Task InTransactionAsync(this TrainingApp training, Func<TrainingDb, CompleteCourses, Task> work)
    {
        await using var scope = training.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await work(db, scope.ServiceProvider.GetRequiredService<CompleteCourses>());
        await transaction.CommitAsync();
    }

    public static Task<List<Certificate>> CertificatesOfAsync(this TrainingApp training, Guid learner) =>
        training.InDbAsync(db => db.Certificates.AsNoTracking().Where(c => c.LearnerId == learner).OrderBy(c => c.StatusIndex).ToListAsync());

    /// <summary>A worker's certificate for a course of its own.</summary>
    public static async Task<Certificate> CertifiedAsync(this TrainingApp training, int? validMonths = null, Audience audience = Audience.Workers)
    {
        var topic = Topic();
        await training.CourseAsync(topic, new(Minutes: 60), audience, validMonths);
        var learner = audience == Audience.Volunteers ? (await training.VolunteerAsync()).VolunteerId : (await training.WorkersAsync(1))[0].WorkerId;
        await training.AttendAsync(topic, 60, [learner], audience);
        return Assert.Single(await training.CertificatesOfAsync(learner));
    }
}
