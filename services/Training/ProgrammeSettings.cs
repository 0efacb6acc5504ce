using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training;

/// <summary>
/// What another country would set differently; section <c>Programme</c>, with Qatar's values as the default.
/// Lists are taken by the constructor because the configuration binder would append to a property's default instead of replacing it.
/// </summary>
public sealed class ProgrammeSettings(IReadOnlyList<string>? languages = null, IReadOnlyList<string>? topics = null)
{
    /// <summary>What train-the-trainer toolkits are about; no topic for workers.</summary>
    public const string TeachingAdults = "teaching-adults";

    /// <summary>What the programme calls itself on certificates.</summary>
    public string Name { get; init; } = "Better Connections";
    /// <summary>Address under which everybody reaches the system. Required: certificates are signed with it inside, for good.</summary>
    public required string PublicUrl { get; init; }
    /// <summary>IANA name; dates and hours that people read are in it.</summary>
    public string TimeZone { get; init; } = "Asia/Qatar";
    /// <summary>ISO 639-1 codes of the languages that workers speak and toolkits come in.</summary>
    public IReadOnlyList<string> Languages { get; } = languages ?? ["ar", "en", "hi", "ur", "bn", "ne", "si", "ta", "ml", "tl"];
    /// <summary>Slugs of what workers are taught.</summary>
    public IReadOnlyList<string> Topics { get; } = topics ??
        ["computer-basics", "internet-and-email", "keeping-in-touch", "government-services", "health-and-safety", "labour-rights", "money-transfer"];
    /// <summary>Which language to try next for a text that is missing in another; without an entry it is the toolkit's default language.</summary>
    public IReadOnlyDictionary<string, string> Fallbacks { get; init; } = new Dictionary<string, string>();
    public AttachmentLimits Attachments { get; init; } = new();

    /// <summary>What toolkits and sessions are about: the workers' topics and <see cref="TeachingAdults"/>.</summary>
    public IReadOnlyList<string> TaughtTopics => [.. Topics, TeachingAdults];

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public static ProgrammeSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Programme");
        if (!Uri.TryCreate(section["PublicUrl"], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException("Programme:PublicUrl is not set to an http(s) address. Give the one under which people reach the system.");
        return section.Get<ProgrammeSettings>()!;
    }

    /// <param name="path">With its leading slash.</param>
    public string Address(string path) => PublicUrl.TrimEnd('/') + path;

    /// <summary>The languages, each once, in the order given.</summary>
    /// <param name="there">In which something is written already: when the programme gives a language up, what is in it stays until somebody removes it.</param>
    /// <exception cref="BadInput">language_unknown: not one of the programme's.</exception>
    public string[] KnownLanguages(IEnumerable<string> given, IEnumerable<string>? there = null) => Among([.. Languages.Union(there ?? [])], given, "language_unknown", "languages");

    /// <exception cref="BadInput">topic_unknown: neither a topic for workers nor <see cref="TeachingAdults"/>.</exception>
    public string KnownTopic(string given) => Among(TaughtTopics, [given], "topic_unknown", "topics")[0];

    private static string[] Among(IReadOnlyList<string> known, IEnumerable<string> given, string code, string what)
    {
        string[] distinct = [.. given.Distinct()];
        var unknown = Array.Find(distinct, g => !known.Contains(g));
        return unknown is null ? distinct : throw new BadInput(code, $"'{unknown}' is not one of the programme's {what}: {string.Join(", ", known)}.");
    }
}

/// <summary>In bytes. A toolkit has to fit on a small USB stick and come through a facility's modem.</summary>
public sealed record AttachmentLimits(int Picture = 5 << 20, int Document = 10 << 20, int Audio = 20 << 20, int Video = 50 << 20);
