using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Toolkits;

/// <summary>
/// Choice questions of one module. Questions are called <c>q1</c>, <c>q2</c> … and choices <c>a</c>, <c>b</c> … by their place, which is safe
/// because a published version never changes.
/// </summary>
/// <param name="PassMark">Per cent of the questions that have to be right.</param>
public sealed record Quiz([Range(1, 100)] int PassMark, [Required, MinLength(1), MaxLength(30)] IReadOnlyList<Question> Questions)
{
    public const string Letters = "abcdefgh";

    [JsonIgnore]
    public IEnumerable<string> Languages => Questions.SelectMany(q => q.Words.Keys).Distinct();

    public bool IsCompleteIn(string language) => Questions.All(q => q.Words.ContainsKey(language));

    /// <summary>A question is right when exactly its right choices are given; one left out is wrong.</summary>
    /// <param name="answers">The choices given, by question: <c>{"q1": ["a"], "q2": ["b", "d"]}</c>.</param>
    /// <exception cref="BadInput">answer_unknown: a question or choice that the quiz does not have.</exception>
    public QuizScore Score(IReadOnlyDictionary<string, IReadOnlyList<string>> answers)
    {
        var codes = Questions.Select((_, i) => $"q{i + 1}").ToList();
        if (answers.Keys.FirstOrDefault(k => !codes.Contains(k)) is { } stranger) throw new BadInput("answer_unknown", $"The quiz has no question '{stranger}'.");
        var wrong = Questions.Zip(codes).Where(q => !q.First.IsRight(q.Second, answers.GetValueOrDefault(q.Second) ?? [])).Select(q => q.Second).ToList();
        var right = Questions.Count - wrong.Count;
        return new(right, Questions.Count, 100 * right / Questions.Count, 100 * right >= PassMark * Questions.Count, wrong);
    }

    /// <summary>What a learner sees before an attempt: no right answers. Questions that the language lacks are left out.</summary>
    public IReadOnlyList<QuestionView> AskedIn(string language) =>
        [.. Questions.Select((q, i) => q.Words.TryGetValue(language, out var words)
            ? new QuestionView($"q{i + 1}", q.Several, words.Text, [.. words.Choices.Select((c, n) => new ChoiceView(Letters[n].ToString(), c))]) : null).OfType<QuestionView>()];

    internal Quiz Translated(string language, IReadOnlyList<QuestionWords> words) => this with
    {
        Questions = [.. Questions.Zip(words, (q, w) => q with { Words = new Dictionary<string, QuestionWords>(q.Words) { [language] = w } })],
    };

    /// <exception cref="BadInput">quiz_not_valid</exception>
    internal void RequireValid()
    {
        foreach (var (question, number) in Questions.Select((q, i) => (q, i + 1)))
            if (question.Problem() is { } problem) throw new BadInput("quiz_not_valid", $"Question q{number} {problem}.");
    }
}

/// <param name="Several">The learner is told to choose all that apply.</param>
/// <param name="Right">Letters of the right choices.</param>
/// <param name="Words">By language; every language has the same choices in the same order.</param>
public sealed record Question(bool Several, [Required] IReadOnlyList<string> Right, [Required] IReadOnlyDictionary<string, QuestionWords> Words)
{
    [JsonIgnore]
    public int Choices => Words.Values.FirstOrDefault()?.Choices.Count ?? 0;

    internal bool IsRight(string code, IReadOnlyList<string> given)
    {
        if (given.FirstOrDefault(g => g.Length != 1 || Quiz.Letters.IndexOf(g[0]) is var at && (at < 0 || at >= Choices)) is { } stranger)
            throw new BadInput("answer_unknown", $"Question {code} has no choice '{stranger}'.");
        return Right.ToHashSet().SetEquals(given);
    }

    internal string? Problem()
    {
        if (Choices < 2 || Choices > Quiz.Letters.Length) return $"needs 2 to {Quiz.Letters.Length} choices";
        if (Words.Values.Any(w => w.Choices.Count != Choices)) return "has another number of choices in one language than in another";
        if (Words.Values.Any(w => string.IsNullOrWhiteSpace(w.Text) || w.Choices.Any(string.IsNullOrWhiteSpace))) return "has an empty text";
        if (Right.Count == 0 || Right.Distinct().Count() != Right.Count) return "needs right choices, each named once";
        if (Right.Any(r => r.Length != 1 || Quiz.Letters.IndexOf(r[0]) is var at && (at < 0 || at >= Choices))) return "calls a choice right that it does not have";
        return !Several && Right.Count > 1 ? "has several right choices but asks for one" : null;
    }
}

public sealed record QuestionWords([Required, StringLength(500, MinimumLength = 1)] string Text, [Required] IReadOnlyList<string> Choices);

/// <param name="Percent">Of the questions, rounded down.</param>
/// <param name="Wrong">Codes of the questions that were not right.</param>
public sealed record QuizScore(int Right, int Questions, int Percent, bool Passed, IReadOnlyList<string> Wrong);

public sealed record QuestionView(string Code, bool Several, string Text, IReadOnlyList<ChoiceView> Choices);

public sealed record ChoiceView(string Code, string Text);
