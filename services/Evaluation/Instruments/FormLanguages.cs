namespace BetterConnections.Evaluation.Instruments;

/// <summary>The workers' languages, by the names that survey apps show and that XLSForm columns carry: <c>العربية (ar)</c>.</summary>
public static class FormLanguages
{
    private static readonly Dictionary<string, string> Own = new()
    {
        ["en"] = "English",
        ["ar"] = "العربية",
        ["hi"] = "हिन्दी",
        ["ur"] = "اردو",
        ["bn"] = "বাংলা",
        ["ne"] = "नेपाली",
        ["si"] = "සිංහල",
        ["ta"] = "தமிழ்",
        ["ml"] = "മലയാളം",
        ["tl"] = "Tagalog",
    };

    public static bool IsKnown(string code) => Own.ContainsKey(code);

    /// <summary>Enketo reads tag and direction from the brackets.</summary>
    public static string NameOf(string code) => $"{Own[code]} ({code})";

    /// <summary>The code in <c>Arabic (ar)</c>, whatever the language is called before the brackets; null where none of ours is named.</summary>
    public static string? CodeIn(string name)
    {
        var open = name.LastIndexOf('(');
        var code = open >= 0 && name.EndsWith(')') ? name[(open + 1)..^1].Trim() : name.Trim();
        return IsKnown(code) ? code : null;
    }
}
