using System.Reflection;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Starter;

/// <summary>
/// The toolkits that come with the system: <c>Content/{code}/{language}/toolkit.md</c> and <c>NN-slug.md</c>. Another language is another
/// folder; English says what is the same in all (topic, audience, minutes, pass mark).
/// </summary>
public sealed record StarterToolkit(string Code, IReadOnlyDictionary<string, LessonFile> Texts, IReadOnlyList<StarterModule> Modules)
{
    public const string Language = "en";

    /// <summary>Its topic and languages are among the programme's.</summary>
    public bool SuitsIn(ProgrammeSettings programme) =>
        programme.TaughtTopics.Contains(Texts[Language]["topic"]) && Texts.Keys.All(programme.Languages.Contains);

    /// <summary>A draft with all of it.</summary>
    /// <exception cref="InvalidDataException">Languages that do not fit together.</exception>
    public ToolkitVersion ToDraft(ProgrammeSettings programme, string by, DateTimeOffset at)
    {
        var head = Texts[Language];
        var toolkit = Toolkit.Add(Code, head["topic"], Enum.Parse<Audience>(head["audience"], ignoreCase: true), Language, programme, by, at);
        var draft = ToolkitVersion.Start(toolkit, 1, former: null, by, at);
        var complete = Texts.Keys.Where(l => Modules.All(m => m.Languages.ContainsKey(l)));
        draft.Describe(complete, Texts.ToDictionary(t => t.Key, t => new TitleAndSummary(t.Value["title"], t.Value.Body)), programme, at);
        foreach (var module in Modules) module.AddTo(draft, programme, at);
        return draft;
    }

    /// <summary>All that is embedded here, by code.</summary>
    public static IReadOnlyList<StarterToolkit> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Select(n => n.Replace('\\', '/')).Where(n => n.StartsWith("Content/", StringComparison.Ordinal))
            .Select(n => n.Split('/')).Select(p => (Code: p[1], Language: p[2], Name: Path.GetFileNameWithoutExtension(p[3]), File: Read(assembly, p)))
            .GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new StarterToolkit(g.Key,
                g.Where(f => f.Name == "toolkit").ToDictionary(f => f.Language, f => f.File),
                [.. g.Where(f => f.Name != "toolkit").GroupBy(f => f.Name).OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => new StarterModule(m.Key, m.ToDictionary(f => f.Language, f => f.File)))]))];
    }

    private static LessonFile Read(Assembly assembly, string[] path)
    {
        var name = assembly.GetManifestResourceNames().Single(n => n.Replace('\\', '/') == string.Join('/', path));
        using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
        try
        {
            return LessonFile.Parse(text.ReadToEnd());
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }
}

/// <param name="Name"><c>NN-slug</c>; the number is its place.</param>
/// <param name="Languages">The lesson by language.</param>
public sealed record StarterModule(string Name, IReadOnlyDictionary<string, LessonFile> Languages)
{
    public void AddTo(ToolkitVersion draft, ProgrammeSettings programme, DateTimeOffset at)
    {
        var ours = Languages[StarterToolkit.Language];
        foreach (var (language, file) in Languages)
            if (!file.Questions.Select(Shape).SequenceEqual(ours.Questions.Select(Shape)))
                throw new InvalidDataException($"{draft.Toolkit.Code}/{language}/{Name} marks other answers as right than '{StarterToolkit.Language}', or has other questions.");

        draft.AddModule(Name[(Name.IndexOf('-') + 1)..], at).Change(int.Parse(Name[..Name.IndexOf('-')]), int.Parse(ours["minutes"]),
            Languages.ToDictionary(l => l.Key, l => new LessonWords(l.Value["title"], l.Value.Body)),
            ours.Questions.Count == 0 ? null : new Quiz(int.Parse(ours["pass"]), [.. ours.Questions.Select((q, i) => new Question(q.Several,
                [.. q.Choices.Index().Where(c => c.Item.Right).Select(c => Quiz.Letters[c.Index].ToString())],
                Languages.ToDictionary(l => l.Key, l => new QuestionWords(l.Value.Questions[i].Text, [.. l.Value.Questions[i].Choices.Select(c => c.Text)]))))]),
            programme, at);
    }

    /// <summary>What a question has to have in common in all languages: <c>?+--</c>.</summary>
    private static string Shape(QuestionLines question) => (question.Several ? "??" : "?") + string.Concat(question.Choices.Select(c => c.Right ? '+' : '-'));
}
