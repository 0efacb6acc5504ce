using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Courses.Runs;

/// <param name="Learners">Volunteers by id, workers by card code or id.</param>
public sealed record RunEnrolment([Required, Length(1, 500)] IReadOnlyList<string> Learners);

/// <param name="Unknown">Those who are no learners of the course's audience; a volunteer is one once screened.</param>
public sealed record RunEnrolled(int Enrolled, IReadOnlyList<string> Unknown);

public static class EnrollInRun
{
    /// <summary>Puts people on the roster of every session that is still to come; who is there already keeps the place.</summary>
    public static async Task<RunEnrolled> Handle(Guid id, RunEnrolment request, TrainingDb db, TimeProvider clock, CancellationToken cancel)
    {
        var audience = await AudienceAsync(id, db, cancel);
        var found = await Of(db, audience).ByCardAsync(request.Learners, cancel);
        Guid[] learners = [.. request.Learners.Select(l => found.GetValueOrDefault(FindLearners.Read(l))?.Id).OfType<Guid>().Distinct()];
        await EnrollAsync(id, learners, db, clock, cancel);
        return new(learners.Length, [.. request.Learners.Where(l => !found.ContainsKey(FindLearners.Read(l)))]);
    }

    /// <summary>A volunteer enrolls itself in a run for volunteers.</summary>
    public static async Task<RunView> Self(Guid id, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (await AudienceAsync(id, db, cancel) != Audience.Volunteers) throw ReadRuns.Unknown();
        await EnrollAsync(id, [(await db.VolunteerAsync(user, cancel)).Id], db, clock, cancel);
        return await ReadRuns.One(id, db, cancel);
    }

    /// <summary>Takes the caller off the rosters of the sessions still to come; whoever waits moves up.</summary>
    public static async Task<RunView> Leave(Guid id, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var (me, now) = (await db.VolunteerAsync(user, cancel), clock.GetUtcNow());
        await db.InTransactionAsync(async () =>
        {
            Guid[] sessions = [.. (await LockAsync(id, db, now, cancel)).Select(s => s.Id)];
            return await db.RosterEntries.Where(e => e.LearnerId == me.Id && e.LeftAt == null && sessions.Contains(e.SessionId))
                .ExecuteUpdateAsync(s => s.SetProperty(e => e.LeftAt, now), cancel);
        }, cancel);
        return await ReadRuns.One(id, db, cancel);
    }

    private static Task<int> EnrollAsync(Guid run, Guid[] learners, TrainingDb db, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        Guid[] sessions = [.. (await LockAsync(run, db, now, cancel)).Select(s => s.Id)];
        if (sessions.Length == 0) throw new RuleBroken("run_over", "No session of this run is still to come.");
        return await db.Database.ExecuteSqlAsync($"""
            insert into roster_entries (session_id, learner_id, enrolled_at)
            select s.id, l.id, {now} from unnest({sessions}) as s(id), unnest({learners}) with ordinality as l(id, line) order by s.id, l.line
            on conflict (session_id, learner_id) where left_at is null do nothing
            """, cancel);
    }, cancel);

    /// <summary>The sessions to come, locked in one order, as everything that changes a roster locks its session.</summary>
    private static async Task<List<Session>> LockAsync(Guid run, TrainingDb db, DateTimeOffset now, CancellationToken cancel) =>
        [.. (await db.Sessions.FromSql($"""
            select s.*, s.xmin from sessions s join course_run_sessions r on r.session_id = s.id where r.run_id = {run} order by s.id for update of s
            """).AsNoTracking().ToListAsync(cancel)).Where(s => s.IsToCome && s.Starts > now)];

    private static async Task<Audience> AudienceAsync(Guid run, TrainingDb db, CancellationToken cancel) =>
        await db.CourseRuns.Where(r => r.Id == run).Join(db.Courses, r => r.CourseId, c => c.Id, (_, c) => (Audience?)c.Audience).SingleOrDefaultAsync(cancel) ?? throw ReadRuns.Unknown();

    private static IQueryable<Learner> Of(TrainingDb db, Audience audience) => audience switch
    {
        Audience.Volunteers => db.Learners.Where(l => l.Kind == LearnerKind.Volunteer && l.ErasedAt == null),
        Audience.Champions => db.Learners.Where(l => l.ChampionSince != null),
        _ => db.Learners.Where(l => l.Kind == LearnerKind.Worker),
    };
}
