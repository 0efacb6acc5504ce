namespace BetterConnections.Training.Starter;

/// <summary>
/// A lesson as a translator writes it: lines of <c>name: value</c>, a line <c>---</c>, the lesson in Markdown, a line <c>=== quiz</c>, and the
/// questions. <c>?</c> asks for one answer, <c>??</c> for all that are right; <c>+</c> is a right choice, <c>-</c> a wrong one.
/// Every language has the same questions and choices in the same order.
/// </summary>
public sealed record LessonFile(IReadOnlyDictionary<string, string> Head, string Body, IReadOnlyList<QuestionLines> Questions)
{
    public string this[string name] => Head.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"The line '{name}: …' is missing.");

    /// <exception cref="InvalidDataException">A line that is none of these.</exception>
    public static LessonFile Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        var bodyStarts = lines.IndexOf("---") + 1;
        if (bodyStarts == 0) throw new InvalidDataException("There is no line '---' after the head.");
        var quizStarts = lines.IndexOf("=== quiz");
        var bodyEnds = quizStarts < 0 ? lines.Count : quizStarts;

        var head = lines.Take(bodyStarts - 1).Where(l => l.Length > 0).Select(l => l.Split(':', 2)).ToDictionary(p => p[0].Trim(),
            p => p.Length == 2 ? p[1].Trim() : throw new InvalidDataException($"'{p[0]}' in the head is not of the form 'name: value'."));
        return new(head, string.Join('\n', lines[bodyStarts..bodyEnds]).Trim(), [.. QuestionsOf(lines.Skip(bodyEnds + 1))]);
    }

    private static IEnumerable<QuestionLines> QuestionsOf(IEnumerable<string> lines)
    {
        QuestionLines? question = null;
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var (mark, words) = (line.Split(' ')[0], line[(line.Split(' ')[0].Length)..].Trim());
            switch (mark)
            {
                case "?" or "??":
                    if (question is not null) yield return question;
                    question = new(mark == "??", words, []);
                    break;
                case "+" or "-" when question is not null:
                    question.Choices.Add((mark == "+", words));
                    break;
                default:
                    throw new InvalidDataException($"'{line}' is neither a question (? or ??) nor a choice (+ or -).");
            }
        }
        if (question is not null) yield return question;
    }
}

/// <summary>One question in one language.</summary>
public sealed record QuestionLines(bool Several, string Text, List<(bool Right, string Text)> Choices);
