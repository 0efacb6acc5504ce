using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace BetterConnections.Training.Courses;

/// <summary>What a learner did for a course so far.</summary>
/// <param name="Topics">Topics of the course attended at least once.</param>
/// <param name="QuizPercent">The best result in the topic where it is lowest; null while a topic has none.</param>
public sealed record Measures(int Minutes, int Sessions, int Topics, int? QuizPercent);

/// <summary>When a course is completed. A rule is data: 0 or null asks for nothing.</summary>
/// <param name="Minutes">Minutes attended, all sessions together.</param>
/// <param name="Sessions">Sessions attended.</param>
/// <param name="Topics">Different topics of the course attended.</param>
/// <param name="QuizPercent">To be reached in the quiz of every topic of the course; the best attempt counts.</param>
/// <param name="WithinMonths">Only what lies so many months before the learner's latest session or quiz counts.</param>
public sealed record CompletionRule(
    [Range(0, 100_000)] int Minutes = 0, [Range(0, 1000)] int Sessions = 0, [Range(0, 100)] int Topics = 0, [Range(1, 100)] int? QuizPercent = null,
    [Range(1, 120)] int? WithinMonths = null)
{
    public bool AsksForSomething => Minutes > 0 || Sessions > 0 || Topics > 0 || QuizPercent is not null;

    public bool IsMetBy(Measures done) => Missing(done).Count == 0;

    /// <summary>What is still to be done, each as what is had and what is needed.</summary>
    public IReadOnlyList<Lack> Missing(Measures done)
    {
        List<Lack> lacks = [];
        if (done.Minutes < Minutes) lacks.Add(new("minutes", done.Minutes, Minutes));
        if (done.Sessions < Sessions) lacks.Add(new("sessions", done.Sessions, Sessions));
        if (done.Topics < Topics) lacks.Add(new("topics", done.Topics, Topics));
        if ((done.QuizPercent ?? 0) < QuizPercent) lacks.Add(new("quiz", done.QuizPercent ?? 0, QuizPercent.Value));
        return lacks;
    }

    /// <summary>In English, as the criteria of a certificate.</summary>
    public string InWords()
    {
        List<string> parts = [];
        if (Minutes > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"attend at least {Minutes} minutes"));
        if (Sessions > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"attend at least {Sessions} {(Sessions == 1 ? "session" : "sessions")}"));
        if (Topics > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"attend at least {Topics} {(Topics == 1 ? "topic" : "different topics")}"));
        if (QuizPercent is { } percent) parts.Add(string.Create(CultureInfo.InvariantCulture, $"reach {percent} % in the quiz of every topic"));
        var within = WithinMonths is { } months ? string.Create(CultureInfo.InvariantCulture, $", within {months} months") : "";
        return $"The holder had to {string.Join(" and ", parts)}{within}.";
    }
}

/// <param name="What"><c>minutes</c>, <c>sessions</c>, <c>topics</c> or <c>quiz</c> (percent).</param>
public sealed record Lack(string What, int Has, int Needs);
