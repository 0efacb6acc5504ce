using BetterConnections.Training.Courses;

namespace BetterConnections.Training.Tests.Courses;

public class CompletionRuleTests
{
    private static readonly CompletionRule Rule = new(Minutes: 90, Sessions: 2, Topics: 1, QuizPercent: 60);

    [Fact]
    public void It_is_met_at_exactly_what_it_asks_for() => Assert.True(Rule.IsMetBy(new(90, 2, 1, 60)));

    [Theory]
    [InlineData(89, 2, 1, 60, "minutes", 89, 90)]
    [InlineData(90, 1, 1, 60, "sessions", 1, 2)]
    [InlineData(90, 2, 0, 60, "topics", 0, 1)]
    [InlineData(90, 2, 1, 59, "quiz", 59, 60)]
    public void What_is_missing_is_said_with_what_is_had_and_needed(int minutes, int sessions, int topics, int quiz, string what, int has, int needs)
    {
        Assert.False(Rule.IsMetBy(new(minutes, sessions, topics, quiz)));
        Assert.Equal(new Lack(what, has, needs), Assert.Single(Rule.Missing(new(minutes, sessions, topics, quiz))));
    }

    [Fact]
    public void A_quiz_that_was_never_tried_is_missing() => Assert.Equal(new Lack("quiz", 0, 60), Assert.Single(Rule.Missing(new(90, 2, 1, null))));

    [Fact]
    public void Without_a_quiz_in_the_rule_none_is_asked_for() => Assert.True((Rule with { QuizPercent = null }).IsMetBy(new(90, 2, 1, null)));

    [Fact]
    public void It_reads_as_the_criteria_of_a_certificate()
    {
        Assert.Equal("The holder had to attend at least 90 minutes and attend at least 2 sessions and attend at least 1 topic and reach 60 % in the quiz of every topic.", Rule.InWords());
        Assert.Equal("The holder had to attend at least 1 session, within 12 months.", new CompletionRule(Sessions: 1, WithinMonths: 12).InWords());
    }
}
