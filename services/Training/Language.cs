using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training;

/// <summary>What is known of languages beyond their codes (ISO 639-1).</summary>
public static class Language
{
    private static readonly HashSet<string> WrittenFromTheRight = ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["ar"] = "العربية", ["en"] = "English", ["hi"] = "हिन्दी", ["ur"] = "اردو", ["bn"] = "বাংলা", ["ne"] = "नेपाली",
        ["si"] = "සිංහල", ["ta"] = "தமிழ்", ["ml"] = "മലയാളം", ["tl"] = "Tagalog",
    };

    /// <summary><c>rtl</c> or <c>ltr</c>, as HTML has it.</summary>
    public static string Direction(string language) => WrittenFromTheRight.Contains(language) ? "rtl" : "ltr";

    /// <summary>As its speakers call it; the code where that is not known here.</summary>
    public static string Name(string language) => Names.GetValueOrDefault(language, language);

    /// <summary>The language a text is shown in to whoever wants <paramref name="wanted"/>: that, else by the stated fallbacks, at last the default.</summary>
    /// <param name="there">The languages the text exists in, the default among them.</param>
    public static string ShownIn(this ProgrammeSettings programme, string wanted, string @default, IReadOnlyCollection<string> there)
    {
        var tried = new HashSet<string>(); // settings may go in a circle
        for (var next = wanted; next is not null && tried.Add(next); next = programme.Fallbacks.GetValueOrDefault(next))
            if (there.Contains(next)) return next;
        return there.Contains(@default) ? @default : there.FirstOrDefault() ?? @default;
    }

    /// <summary>The language asked for, or the default.</summary>
    /// <exception cref="BadInput">language_unknown</exception>
    public static string Wanted(this ProgrammeSettings programme, string? language, string @default) =>
        language is null ? @default : programme.KnownLanguages([language])[0];
}
