using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment;

/// <summary>
/// What another country would set differently; section <c>Programme</c>, with Qatar's values as the default.
/// Lists are taken by the constructor because the configuration binder would append to a property's default instead of replacing it.
/// </summary>
public sealed class ProgrammeSettings(IReadOnlyList<string>? languages = null, IReadOnlyList<string>? topics = null, IReadOnlyList<ChecklistItem>? checklist = null)
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "QA";
    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "QAR";
    /// <summary>IANA name; opening hours and dates that people read are in it.</summary>
    public string TimeZone { get; init; } = "Asia/Qatar";
    /// <summary>Where a site can be, in degrees; mistyped and exchanged coordinates fall outside.</summary>
    public Bounds Bounds { get; init; } = new();
    /// <summary>A site may have one facility for each begun number of so many residents.</summary>
    public int ResidentsPerFacility { get; init; } = 800;
    public int KitComputers { get; init; } = 10;
    public int KitModems { get; init; } = 1;
    /// <summary>Upper-case Latin letters; a worker's code is <c>W-000123-C</c>.</summary>
    public string WorkerCodePrefix { get; init; } = "W";
    /// <summary>ISO 639-1 codes of the languages that workers speak and the toolkit comes in.</summary>
    public IReadOnlyList<string> Languages { get; } = languages ?? ["ar", "en", "hi", "ur", "bn", "ne", "si", "ta", "ml", "tl"];
    /// <summary>The toolkit's topics.</summary>
    public IReadOnlyList<string> Topics { get; } = topics ??
        ["computer-basics", "internet-and-email", "keeping-in-touch", "government-services", "health-and-safety", "labour-rights", "money-transfer"];
    /// <summary>What makes a room ready, in the order an inspector walks through it.</summary>
    public IReadOnlyList<ChecklistItem> Checklist { get; } = checklist ??
    [
        new("room-area", "A room of at least 30 square metres", "غرفة لا تقل مساحتها عن 30 متراً مربعاً"),
        new("lockable-door", "A door that locks, and who holds the keys", "باب يُقفل، ومن يحتفظ بالمفاتيح"),
        new("desks-and-chairs", "A desk and a chair for each computer", "طاولة وكرسي لكل حاسوب"),
        new("sockets", "An earthed socket for each computer and one for the modem", "مقبس كهربائي مؤرّض لكل حاسوب ومقبس للمودم"),
        new("cooling", "Air conditioning that keeps the room below 26 °C", "تكييف يُبقي حرارة الغرفة دون 26 درجة مئوية"),
        new("light", "Light to read by on every desk", "إضاءة كافية للقراءة على كل طاولة"),
        new("signal", "Mobile data signal where the modem will stand", "إشارة بيانات الهاتف المحمول في موضع المودم"),
        new("cleaning-and-maintenance", "A signed agreement on cleaning and maintenance", "اتفاقية موقّعة للنظافة والصيانة"),
        new("opening-hours", "Opening hours that fit the shifts, posted at the door", "ساعات عمل تناسب الورديات ومعلنة على الباب", Evidence: false),
    ];

    /// <summary>The date on the wall.</summary>
    public DateOnly Today(TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>The languages, each once, in the order given.</summary>
    /// <exception cref="BadInput">language_unknown: not one of the programme's.</exception>
    public string[] KnownLanguages(IEnumerable<string> given) => Among(Languages, given, "language_unknown", "languages");

    /// <exception cref="BadInput">topic_unknown: not one of the toolkit's.</exception>
    public string[] KnownTopics(IEnumerable<string> given) => Among(Topics, given, "topic_unknown", "topics");

    private static string[] Among(IReadOnlyList<string> known, IEnumerable<string> given, string code, string what)
    {
        string[] distinct = [.. given.Distinct()];
        var unknown = Array.FindIndex(distinct, g => !known.Contains(g)); // an index, since null can be given too
        return unknown < 0 ? distinct
            : throw new BadInput(code, $"'{distinct[unknown]}' is not one of the programme's {what}: {string.Join(", ", known)}.");
    }
}

/// <summary>One item of the readiness checklist.</summary>
/// <param name="Code">Stable; what marks and inspections refer to.</param>
/// <param name="Mandatory">No hardware is delivered before it has passed inspection.</param>
/// <param name="Evidence">A photograph or document is needed to mark it done; otherwise a note serves.</param>
public sealed record ChecklistItem(string Code, string English, string Arabic, bool Mandatory = true, bool Evidence = true);

/// <param name="South">Degrees of latitude, as <paramref name="North"/>.</param>
/// <param name="West">Degrees of longitude, as <paramref name="East"/>.</param>
public sealed record Bounds(double South = 24.4, double West = 50.7, double North = 26.3, double East = 51.7)
{
    public bool Contain(double latitude, double longitude) => latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}
