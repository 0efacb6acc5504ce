using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Quizzes;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Xapi;

/// <summary>What happens here, told as statements beside those that others send. A learner is named by card code or volunteer number.</summary>
public sealed class OwnStatements(TrainingDb db, ProgrammeSettings programme, TimeProvider clock)
{
    public const string Attended = "http://adlnet.gov/expapi/verbs/attended";
    public const string CompletedVerb = "http://adlnet.gov/expapi/verbs/completed";
    public const string Passed = "http://adlnet.gov/expapi/verbs/passed";
    public const string Failed = "http://adlnet.gov/expapi/verbs/failed";

    /// <summary>
    /// The sessions that these learners attended and that were not told yet. The statement's id is made of session, learner and minutes:
    /// minutes that were corrected are another statement, since none is ever changed.
    /// </summary>
    public Task AttendedAsync(Guid[] learners, CancellationToken cancel)
    {
        var (now, home) = (clock.GetUtcNow(), programme.PublicUrl.TrimEnd('/'));
        return db.Database.ExecuteSqlAsync($$"""
            insert into xapi_statements (id, stored, actor_home_page, actor_name, verb, activity, statement)
            select n.id, {{now}}, {{home}}, n.name, {{Attended}}, n.activity, jsonb_build_object(
                'id', n.id, 'version', '1.0.3', 'stored', to_jsonb({{now}}::timestamptz), 'timestamp', to_jsonb(n.ends),
                'actor', jsonb_build_object('objectType', 'Agent', 'account', jsonb_build_object('homePage', {{home}}::text, 'name', n.name)),
                'verb', jsonb_build_object('id', {{Attended}}::text, 'display', jsonb_build_object('en', 'attended')),
                'object', jsonb_build_object('objectType', 'Activity', 'id', n.activity, 'definition', jsonb_build_object(
                    'type', 'http://adlnet.gov/expapi/activities/meeting', 'name', jsonb_build_object('en', n.topic))),
                'result', jsonb_build_object('duration', 'PT' || n.minutes || 'M'),
                'context', jsonb_build_object('language', n.language),
                'authority', jsonb_build_object('objectType', 'Agent', 'account', jsonb_build_object('homePage', {{home}}::text, 'name', 'training')))
            from (
                select md5('attended' || s.id || l.id || a.minutes)::uuid as id, coalesce(l.code, l.id::text) as name,
                    {{home}} || '/xapi/activities/sessions/' || s.id as activity, s.topic, s.language, s.ends, a.minutes
                from attendance_records a join sessions s on s.id = a.session_id join learners l on l.id = a.learner_id
                where a.learner_id = any ({{learners}})) n
            where not exists (select from xapi_statements x where x.id = n.id)
            on conflict (id) do nothing
            """, cancel);
    }

    public Statement Completed(Progress progress, DateTimeOffset at) => Make(
        progress.Learner.Code ?? progress.Learner.Id.ToString(), CompletedVerb, "completed", $"/xapi/activities/courses/{progress.Course.Course.Code}",
        "http://adlnet.gov/expapi/activities/course", progress.Course.At.Titles, at, new() { ["completion"] = true, ["duration"] = $"PT{progress.Measures.Minutes}M" });

    /// <param name="name">Card code or volunteer number.</param>
    public Statement Quiz(QuizAttempt attempt, string toolkit, string name) => Make(
        name, attempt.Passed ? Passed : Failed, attempt.Passed ? "passed" : "failed", $"/xapi/activities/quizzes/{toolkit}/{attempt.Module}",
        "http://adlnet.gov/expapi/activities/assessment", null, attempt.TakenAt, new()
        {
            ["success"] = attempt.Passed,
            ["score"] = new JsonObject { ["scaled"] = attempt.Percent / 100.0, ["raw"] = attempt.Right, ["min"] = 0, ["max"] = attempt.Questions },
        });

    private Statement Make(string name, string verb, string display, string activity, string type, Dictionary<string, string>? titles, DateTimeOffset happened,
        JsonObject result)
    {
        var (now, home, address) = (clock.GetUtcNow(), programme.PublicUrl.TrimEnd('/'), programme.Address(activity));
        var id = Guid.NewGuid();
        var definition = new JsonObject { ["type"] = type };
        if (titles is not null) definition["name"] = JsonSerializer.SerializeToNode(titles);
        var statement = new JsonObject
        {
            ["id"] = id,
            ["version"] = "1.0.3",
            ["stored"] = now,
            ["timestamp"] = happened,
            ["actor"] = Agent(home, name),
            ["verb"] = new JsonObject { ["id"] = verb, ["display"] = new JsonObject { ["en"] = display } },
            ["object"] = new JsonObject { ["objectType"] = "Activity", ["id"] = address, ["definition"] = definition },
            ["result"] = result,
            ["authority"] = Agent(home, "training"),
        };
        return new() { Id = id, Stored = now, ActorHomePage = home, ActorName = name, Verb = verb, Activity = address, Json = statement.ToJsonString() };
    }

    internal static JsonObject Agent(string homePage, string name) =>
        new() { ["objectType"] = "Agent", ["account"] = new JsonObject { ["homePage"] = homePage, ["name"] = name } };
}
