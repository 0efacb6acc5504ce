using System.Text;
using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Wording;

namespace BetterConnections.Training.Archives;

/// <summary>
/// The questions at the end of a lesson, answered for oneself. The page holds no right answers but a checksum of them: enough that
/// nobody reads them by looking at the page, not a secret from whoever takes it apart.
/// </summary>
internal static class SelfCheck
{
    /// <summary>In the language of the lesson, which may be another than the page's.</summary>
    public static string Form(ModuleView lesson, Quiz quiz) => $"""
        <section class="check">
        <h2>{Html.Text(Words.In(lesson.Language)["check-yourself"])}</h2>
        {string.Concat(lesson.Questions.Zip(quiz.Questions, (asked, question) => Fieldset(lesson.Slug, asked, question, Words.In(lesson.Language))))}</section>

        """;

    private static string Fieldset(string slug, QuestionView asked, Question question, Words words) => $"""
        <form data-key="{slug}/{asked.Code}" data-sum="{Sum($"{slug}/{asked.Code}", question.Right)}" data-right="{Html.Text(words["right"])}" data-wrong="{Html.Text(words["wrong"])}" data-none="{Html.Text(words["nothing-chosen"])}">
        <fieldset>
        <legend>{Html.Text(asked.Text)}</legend>
        <p class="hint">{Html.Text(words[asked.Several ? "choose-several" : "choose-one"])}</p>
        {string.Concat(asked.Choices.Select(c => $"<label><input type=\"{(asked.Several ? "checkbox" : "radio")}\" name=\"{asked.Code}\" value=\"{c.Code}\"> <span>{Html.Text(c.Text)}</span></label>\n"))}</fieldset>
        <button>{Html.Text(words["check"])}</button> <output aria-live="polite"></output>
        </form>

        """;

    /// <summary>FNV-1a (32 bits) of the question and its right choices, as <c>self-check.js</c> reckons it from the ones chosen.</summary>
    public static uint Sum(string key, IEnumerable<string> choices)
    {
        var sum = 2166136261;
        foreach (var octet in Encoding.ASCII.GetBytes($"{key}={string.Join(',', choices.Order(StringComparer.Ordinal))}")) sum = unchecked((sum ^ octet) * 16777619);
        return sum;
    }
}
