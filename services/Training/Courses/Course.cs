using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Courses;

public enum CourseState { Active, Retired }

/// <summary>
/// Something a learner can complete. What it asks for is in its versions: a change adds one and counts from then on,
/// and what was completed under an earlier one stays completed.
/// </summary>
public sealed class Course
{
    private Course() { }

    public Guid Id { get; private set; }
    /// <summary>Lower-case words with dashes; for people and addresses.</summary>
    public string Code { get; private set; } = null!;
    public Audience Audience { get; private set; }
    public CourseState State { get; private set; }
    /// <summary>The number of the version in force.</summary>
    public int CurrentVersion { get; private set; }
    public uint Version { get; private set; }

    public static (Course Course, CourseVersion First) Create(string code, Audience audience, CourseFacts facts, string by, DateTimeOffset at)
    {
        var course = new Course { Id = Guid.CreateVersion7(at), Code = code, Audience = audience, State = CourseState.Active };
        return (course, course.Change(facts, by, at));
    }

    /// <summary>The next version, in force from now on.</summary>
    public CourseVersion Change(CourseFacts facts, string by, DateTimeOffset at)
    {
        if (State == CourseState.Retired) throw new RuleBroken("course_retired", "A retired course is not changed.");
        facts.RequireSense();
        return CourseVersion.Of(Id, ++CurrentVersion, facts, by, at);
    }

    /// <summary>Nobody completes it any more; certificates stay.</summary>
    public void Retire()
    {
        if (State == CourseState.Retired) throw new RuleBroken("course_retired", "This course is retired already.");
        State = CourseState.Retired;
    }
}

/// <summary>What a course asked for and gave at a time. It never changes: certificates refer to it.</summary>
public sealed class CourseVersion
{
    private CourseVersion() { }

    public Guid CourseId { get; private set; }
    public int Number { get; private set; }
    public Dictionary<string, string> Titles { get; private set; } = [];
    public Dictionary<string, string> Descriptions { get; private set; } = [];
    /// <summary>Slugs of the toolkit topics whose sessions and quizzes count.</summary>
    public string[] Topics { get; private set; } = [];
    /// <summary>Slugs of the topics that its certificate covers; for volunteers, what they may teach.</summary>
    public string[] Certifies { get; private set; } = [];
    public CompletionRule Rule { get; private set; } = null!;
    /// <summary>Months the certificate is valid; null: it does not expire.</summary>
    public int? ValidMonths { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public string CreatedBy { get; private set; } = null!;

    internal static CourseVersion Of(Guid course, int number, CourseFacts facts, string by, DateTimeOffset at) => new()
    {
        CourseId = course,
        Number = number,
        Titles = new(facts.Titles),
        Descriptions = new(facts.Descriptions),
        Topics = [.. facts.Topics.Distinct()],
        Certifies = [.. (facts.Certifies ?? facts.Topics).Distinct()],
        Rule = facts.Rule,
        ValidMonths = facts.ValidMonths,
        CreatedAt = at,
        CreatedBy = by,
    };
}
