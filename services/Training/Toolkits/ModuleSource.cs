using System.ComponentModel.DataAnnotations;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Toolkits;

/// <summary>A module as its authors write it.</summary>
/// <param name="Position">Modules are taken in ascending order.</param>
/// <param name="Minutes">How long it takes in a session.</param>
/// <param name="Texts">The lesson by language, in Markdown; a language that is left out is removed.</param>
public sealed record ModuleSource(
    [Range(1, 1000)] int Position,
    [Range(1, 480)] int Minutes,
    [Required] IReadOnlyDictionary<string, LessonWords> Texts,
    Quiz? Quiz = null)
{
    public static ModuleSource From(Module module) => new(module.Position, module.Minutes,
        module.Texts.OrderBy(t => t.Language, StringComparer.Ordinal).ToDictionary(t => t.Language, t => new LessonWords(t.Title, t.Body)), module.Quiz);

    internal void WriteTo(Module module, ProgrammeSettings programme, DateTimeOffset at)
    {
        // The generated validation does not look into dictionaries.
        foreach (var (language, text) in Texts)
            if (string.IsNullOrWhiteSpace(text.Title) || text.Title.Length > 200 || string.IsNullOrWhiteSpace(text.Body) || text.Body.Length > 20_000)
                throw new BadInput("lesson_not_valid", $"The lesson in '{language}' needs a title of at most 200 characters and a body of at most 20,000.");
        module.Change(Position, Minutes, Texts, Quiz, programme, at);
    }
}
