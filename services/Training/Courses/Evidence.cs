using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Courses;

/// <summary>A session that a learner attended.</summary>
public sealed record AttendedSession(Guid LearnerId, Guid SessionId, string Topic, Audience Audience, Guid? FacilityId, DateTimeOffset At, int Minutes);

/// <summary>A learner's attempt at the quiz of a module.</summary>
public sealed record TriedQuiz(Guid LearnerId, Guid ToolkitId, string Module, string Topic, DateTimeOffset At, int Percent);

/// <summary>A quiz that is published now.</summary>
public sealed record AskedQuiz(Guid ToolkitId, string Module, string Topic, Audience Audience);

/// <summary>What one learner did, of which a course counts its part.</summary>
public sealed record Evidence(IReadOnlyList<AttendedSession> Sessions, IReadOnlyList<TriedQuiz> Quizzes)
{
    /// <summary>What counts for the course: its topics, its audience, later than <paramref name="since"/> and within the months of its rule.</summary>
    public Evidence For(CourseAt course, DateTimeOffset since)
    {
        Audience[] audiences = Audiences(course.Course.Audience);
        var sessions = Sessions.Where(s => s.At > since && s.Minutes > 0 && course.At.Topics.Contains(s.Topic) && audiences.Contains(s.Audience)).ToList();
        var quizzes = Quizzes.Where(q => q.At > since && course.At.Topics.Contains(q.Topic)).ToList();
        if (course.At.Rule.WithinMonths is not { } months || sessions.Count + quizzes.Count == 0) return new(sessions, quizzes);
        var from = sessions.Select(s => s.At).Concat(quizzes.Select(q => q.At)).Max().AddMonths(-months);
        return new(sessions.FindAll(s => s.At > from), quizzes.FindAll(q => q.At > from));
    }

    /// <param name="asked">Only quizzes that are asked now count, and each one without an attempt as nothing right.</param>
    public Measures Measure(CourseAt course, IEnumerable<AskedQuiz> asked) => new(Sessions.Sum(s => s.Minutes), Sessions.Count,
        Sessions.Select(s => s.Topic).Distinct().Count(), course.At.Rule.QuizPercent is null ? null : QuizPercent(course, asked));

    /// <summary>Where most minutes were attended; null for a course held elsewhere.</summary>
    public Guid? Facility => Sessions.GroupBy(s => s.FacilityId).MaxBy(g => g.Sum(s => s.Minutes))?.Key;

    private int? QuizPercent(CourseAt course, IEnumerable<AskedQuiz> asked)
    {
        var best = Quizzes.GroupBy(q => (q.ToolkitId, q.Module)).ToDictionary(g => g.Key, g => g.Max(q => q.Percent));
        var audiences = Audiences(course.Course.Audience);
        var topics = asked.Where(a => audiences.Contains(a.Audience)).GroupBy(a => a.Topic)
            .ToDictionary(g => g.Key, g => (int)g.Average(a => best.GetValueOrDefault((a.ToolkitId, a.Module))));
        return course.At.Topics.All(topics.ContainsKey) ? course.At.Topics.Min(t => topics[t]) : null;
    }

    /// <summary>A champion learns in sessions for workers too.</summary>
    private static Audience[] Audiences(Audience audience) => audience == Audience.Champions ? [Audience.Workers, Audience.Champions] : [audience];
}
