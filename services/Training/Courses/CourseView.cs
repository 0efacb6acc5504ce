using System.Linq.Expressions;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Courses;

/// <param name="Version">The number of the version shown.</param>
public sealed record CourseView(Guid Id, string Code, Audience Audience, CourseState State, int Version, Dictionary<string, string> Titles,
    Dictionary<string, string> Descriptions, string[] Topics, string[] Certifies, CompletionRule Rule, int? ValidMonths, DateTimeOffset Since)
{
    public static readonly Expression<Func<CourseAt, CourseView>> Of = x => new CourseView(x.Course.Id, x.Course.Code, x.Course.Audience, x.Course.State, x.At.Number, x.At.Titles,
        x.At.Descriptions, x.At.Topics, x.At.Certifies, x.At.Rule, x.At.ValidMonths, x.At.CreatedAt);

    public static CourseView From(Course course, CourseVersion at) => new(course.Id, course.Code, course.Audience, course.State, at.Number, at.Titles, at.Descriptions,
        at.Topics, at.Certifies, at.Rule, at.ValidMonths, at.CreatedAt);
}

/// <summary>A course and one of its versions.</summary>
public sealed class CourseAt
{
    public required Course Course { get; init; }
    public required CourseVersion At { get; init; }
}
