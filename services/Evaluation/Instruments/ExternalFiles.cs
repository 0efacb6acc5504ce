namespace BetterConnections.Evaluation.Instruments;

/// <summary>The lists that the server gives out with every form which asks for them; a form can use no others.</summary>
public static class ExternalFiles
{
    public const string Facilities = "facilities.csv";
    public const string Workers = "workers.csv";

    /// <summary>Columns by file; <c>name</c> is the value stored. In <see cref="Workers"/> that is the respondent's pseudonym.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Columns = new Dictionary<string, IReadOnlyList<string>>
    {
        [Facilities] = ["name", "label"],
        [Workers] = ["name", "label", "facility", "language", "card"],
    };

    /// <summary>The file behind <c>instance('workers')</c>; null where there is none.</summary>
    public static string? OfInstance(string id) => Columns.Keys.FirstOrDefault(f => InstanceOf(f) == id);

    public static string InstanceOf(string file) => Path.GetFileNameWithoutExtension(file);
}
