using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Toolkits;

/// <summary>A lesson that is taken in one go, with its quiz.</summary>
public sealed class Module
{
    private readonly List<LessonText> _texts = [];

    private Module() { }

    internal Module(string slug, DateTimeOffset at) => (Id, Slug, ChangedAt) = (Guid.CreateVersion7(at), slug, at);

    public Guid Id { get; private set; }
    public Guid VersionId { get; private set; }
    /// <summary>Unique in its version and the same from version to version.</summary>
    public string Slug { get; private set; } = null!;
    /// <summary>Modules are taken in ascending order.</summary>
    public int Position { get; private set; }
    /// <summary>How long it takes in a session.</summary>
    public int Minutes { get; private set; }
    public Quiz? Quiz { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public uint RowVersion { get; private set; }
    public IReadOnlyList<LessonText> Texts => _texts;
    /// <summary>In which lesson or quiz are there, be it in part.</summary>
    private IEnumerable<string> Languages => [.. _texts.Select(t => t.Language), .. Quiz?.Languages ?? []];

    /// <summary>Replaces everything but the slug.</summary>
    /// <exception cref="BadInput">language_unknown, markdown_not_allowed, quiz_not_valid</exception>
    public void Change(int position, int minutes, IReadOnlyDictionary<string, LessonWords> texts, Quiz? quiz, ProgrammeSettings programme, DateTimeOffset at)
    {
        programme.KnownLanguages([.. texts.Keys, .. quiz?.Languages ?? []], Languages);
        quiz?.RequireValid();
        _texts.RemoveAll(t => !texts.ContainsKey(t.Language));
        foreach (var (language, text) in texts) SetText(language, text);
        (Position, Minutes, Quiz, ChangedAt) = (position, minutes, quiz, at);
    }

    /// <summary>The lesson and the quiz's words in one language.</summary>
    /// <param name="questions">One for each question of the quiz, in its order.</param>
    /// <exception cref="BadInput">language_unknown, markdown_not_allowed, quiz_not_valid</exception>
    public void Translate(string language, LessonWords text, IReadOnlyList<QuestionWords> questions, ProgrammeSettings programme, DateTimeOffset at)
    {
        programme.KnownLanguages([language], Languages);
        if (questions.Count != (Quiz?.Questions.Count ?? 0))
            throw new BadInput("quiz_not_valid", $"The quiz of '{Slug}' has {Quiz?.Questions.Count ?? 0} questions, the translation {questions.Count}.");
        Quiz = Quiz?.Translated(language, questions);
        Quiz?.RequireValid();
        SetText(language, text);
        ChangedAt = at;
    }

    /// <summary>The lesson and every question are there in it.</summary>
    public bool IsCompleteIn(string language) => _texts.Exists(t => t.Language == language) && Quiz?.IsCompleteIn(language) != false;

    internal Module Copy(DateTimeOffset at)
    {
        var copy = new Module(Slug, at) { Position = Position, Minutes = Minutes, Quiz = Quiz };
        copy._texts.AddRange(_texts.Select(t => new LessonText { Language = t.Language, Title = t.Title, Body = t.Body }));
        return copy;
    }

    private void SetText(string language, LessonWords text)
    {
        LessonMarkdown.RequireAllowed(text.Body, $"{Slug}/{language}");
        var known = _texts.Find(t => t.Language == language);
        if (known is null) _texts.Add(known = new LessonText { Language = language });
        (known.Title, known.Body) = (text.Title.Trim(), text.Body.ReplaceLineEndings("\n").Trim());
    }
}

/// <summary>A module's lesson in one language.</summary>
public sealed class LessonText
{
    public Guid ModuleId { get; init; }
    public required string Language { get; init; }
    public string Title { get; set; } = "";
    /// <summary>Markdown, in the subset of <see cref="LessonMarkdown"/>.</summary>
    public string Body { get; set; } = "";
}
