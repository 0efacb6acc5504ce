namespace BetterConnections.Evaluation.Instruments.XlsForms;

/// <summary>The words of XLSForm for what our instruments need. Whatever else a sheet says is refused by name, never left out in silence.</summary>
internal static class XlsFormTypes
{
    public const string Survey = "survey", Choices = "choices", Settings = "settings";

    /// <summary>Sheets that would change what a form does; any other is somebody's notes.</summary>
    public static readonly IReadOnlySet<string> UnsupportedSheets = new HashSet<string> { "external_choices", "entities", "osm", "cascades" };

    public static readonly IReadOnlyDictionary<ItemType, string> Words = new Dictionary<ItemType, string>
    {
        [ItemType.Text] = "text",
        [ItemType.Integer] = "integer",
        [ItemType.Decimal] = "decimal",
        [ItemType.Date] = "date",
        [ItemType.Note] = "note",
        [ItemType.Barcode] = "barcode",
        [ItemType.Geopoint] = "geopoint",
        [ItemType.Calculate] = "calculate",
        [ItemType.Start] = "start",
        [ItemType.End] = "end",
        [ItemType.Today] = "today",
        [ItemType.DeviceId] = "deviceid",
        [ItemType.SelectOne] = "select_one",
        [ItemType.SelectMultiple] = "select_multiple",
        [ItemType.SelectOneFromFile] = "select_one_from_file",
        [ItemType.Group] = "begin group",
    };

    private static readonly Dictionary<string, ItemType> ByWord = Words.ToDictionary(w => w.Value, w => w.Key);

    /// <summary>The type and the list or file that <c>select_one L5</c> names; null for what we do not have.</summary>
    public static (ItemType Type, string? List)? Read(string cell)
    {
        var words = cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["begin", "group"] or ["begin_group"]) return (ItemType.Group, null);
        if (words.Length == 0 || !ByWord.TryGetValue(words[0], out var type)) return null;
        var wantsList = type is ItemType.SelectOne or ItemType.SelectMultiple or ItemType.SelectOneFromFile;
        return words.Length == (wantsList ? 2 : 1) ? (type, words.ElementAtOrDefault(1)) : null;
    }

    public static string Write(Item item) => (item.Scale ?? item.File) is { } list ? $"{Words[item.Type]} {list}" : Words[item.Type];

    public static bool IsEndOfGroup(string cell) => cell is "end group" or "end_group";
}
