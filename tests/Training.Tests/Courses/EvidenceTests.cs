using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Courses;

public class EvidenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Me = Guid.NewGuid(), Here = Guid.NewGuid(), There = Guid.NewGuid(), Toolkit = Guid.NewGuid();
    private static readonly AskedQuiz[] Asked = [new(Toolkit, "first", "a", Audience.Workers), new(Toolkit, "second", "a", Audience.Workers), new(Guid.NewGuid(), "other", "a", Audience.Volunteers)];

    private static CourseAt Course(CompletionRule rule, Audience audience = Audience.Workers, params string[] topics)
    {
        var (course, at) = Training.Courses.Course.Create("course", audience, new(new() { ["en"] = "T" }, new() { ["en"] = "D" }, topics.Length == 0 ? ["a"] : topics, rule), "test", Now);
        return new() { Course = course, At = at };
    }

    private static AttendedSession Attended(string topic = "a", int minutes = 60, int monthsAgo = 0, Guid? facility = null, Audience audience = Audience.Workers) =>
        new(Me, Guid.NewGuid(), topic, audience, facility, Now.AddMonths(-monthsAgo), minutes);

    private static TriedQuiz Tried(string module, int percent, int monthsAgo = 0) => new(Me, Toolkit, module, "a", Now.AddMonths(-monthsAgo), percent);

    [Fact]
    public void Sessions_are_counted_by_topic_audience_and_time()
    {
        var all = new Evidence([Attended(), Attended("b"), Attended("c"), Attended(audience: Audience.Champions), Attended(monthsAgo: 9), Attended(minutes: 0)], []);
        Assert.Equal(new(120, 2, 2, null), all.For(Course(new(Minutes: 1), Audience.Workers, "a", "b"), Now.AddMonths(-6)).Measure(Course(new(Minutes: 1)), []));
        Assert.Equal(2, all.For(Course(new(Minutes: 1)), DateTimeOffset.MinValue).Sessions.Count);
        Assert.Equal(3, all.For(Course(new(Minutes: 1), Audience.Champions), DateTimeOffset.MinValue).Sessions.Count);
        Assert.Empty(all.For(Course(new(Minutes: 1)), DateTimeOffset.MaxValue).Sessions);
    }

    [Fact]
    public void The_months_of_a_rule_end_with_the_latest_session_or_quiz()
    {
        var rule = new CompletionRule(Minutes: 1, WithinMonths: 3);
        Assert.Equal(2, new Evidence([Attended(monthsAgo: 5), Attended(monthsAgo: 6)], []).For(Course(rule), DateTimeOffset.MinValue).Sessions.Count);
        Assert.Empty(new Evidence([Attended(monthsAgo: 5)], [Tried("first", 50)]).For(Course(rule), DateTimeOffset.MinValue).Sessions);
    }

    [Fact]
    public void Of_a_topics_quizzes_the_best_attempts_count_and_one_not_tried_as_nothing_right()
    {
        var course = Course(new(QuizPercent: 60));
        Assert.Equal(0, new Evidence([], []).Measure(course, Asked).QuizPercent);
        Assert.Equal(45, new Evidence([], [Tried("first", 40), Tried("first", 90), Tried("first", 70)]).Measure(course, Asked).QuizPercent);
        Assert.Equal(85, new Evidence([], [Tried("first", 90), Tried("second", 80), Tried("withdrawn", 0)]).Measure(course, Asked).QuizPercent);
        Assert.Null(new Evidence([], [Tried("first", 90)]).Measure(Course(new(QuizPercent: 60), Audience.Workers, "a", "no-quiz"), Asked).QuizPercent);
        Assert.Null(new Evidence([], [Tried("first", 90)]).Measure(Course(new(Minutes: 1)), Asked).QuizPercent);
    }

    [Fact]
    public void The_facility_is_where_most_minutes_were_attended()
    {
        Assert.Equal(Here, new Evidence([Attended(facility: There), Attended(facility: There), Attended(facility: Here, minutes: 180)], []).Facility);
        Assert.Null(new Evidence([Attended()], []).Facility);
        Assert.Null(new Evidence([], []).Facility);
    }
}
