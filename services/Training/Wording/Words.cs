using System.Collections.Concurrent;
using System.Reflection;

namespace BetterConnections.Training.Wording;

/// <summary>
/// The few words around lessons (next, contents, check yourself) in a reader's language: <c>Wording/{language}.txt</c>, lines of
/// <c>key = words</c>. A language without a file, or a line that is missing in it, takes English.
/// </summary>
public sealed class Words
{
    private static readonly ConcurrentDictionary<string, Words> Read = new();
    private readonly Dictionary<string, string> _lines;
    private readonly Words? _otherwise;

    private Words(string language)
    {
        _otherwise = language == "en" ? null : In("en");
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Wording.{language}");
        _lines = file is null ? [] : new StreamReader(file).ReadToEnd().Split('\n').Select(l => l.Split('=', 2)).Where(l => l.Length == 2)
            .ToDictionary(l => l[0].Trim(), l => l[1].Trim());
    }

    public static Words In(string language) => Read.GetOrAdd(language, l => new Words(l));

    public string this[string key] => _lines.TryGetValue(key, out var words) ? words
        : _otherwise?[key] ?? throw new InvalidOperationException($"Wording/en.txt has no '{key}'.");

    /// <summary>"Not yet translated; shown in English", for whoever wanted <paramref name="wanted"/> and gets another.</summary>
    public static string? Notice(string wanted, string shown) => wanted == shown ? null : string.Format(In(wanted)["not-translated"], Language.Name(shown));
}
