using System.Text;

namespace BetterConnections.Enrollment.Workers.Import;

public enum ImportColumn { Code, Facility, Languages, Name, Nationality, BirthYear, Gender, TrainingConsent, EvaluationConsent, ContactConsent }

/// <summary>Which column of a file means what, by its heading in English or Arabic, in any order. Others are not read at all.</summary>
public sealed class ImportColumns
{
    private static readonly Dictionary<string, ImportColumn> Meanings = new (ImportColumn Column, string[] Headings)[]
    {
        (ImportColumn.Code, ["code", "worker code", "card", "card code", "card number", "الرمز", "رمز العامل", "رمز البطاقة", "رقم البطاقة"]),
        (ImportColumn.Facility, ["facility", "facility code", "المرفق", "رمز المرفق", "المنشأة", "رمز المنشأة"]),
        (ImportColumn.Languages, ["languages", "language", "languages spoken", "اللغات", "اللغة", "لغات العامل"]),
        (ImportColumn.Name, ["name", "full name", "worker name", "الاسم", "الاسم الكامل", "اسم العامل"]),
        (ImportColumn.Nationality, ["nationality", "country", "الجنسية", "البلد"]),
        (ImportColumn.BirthYear, ["birth year", "year of birth", "born", "سنة الميلاد", "سنة الولادة"]),
        (ImportColumn.Gender, ["gender", "sex", "الجنس", "النوع"]),
        (ImportColumn.TrainingConsent, ["consent training", "training consent", "consent to training", "الموافقة على التدريب"]),
        (ImportColumn.EvaluationConsent, ["consent evaluation", "evaluation consent", "consent to evaluation", "الموافقة على التقييم"]),
        (ImportColumn.ContactConsent, ["consent contact", "contact consent", "consent to contact", "الموافقة على التواصل"]),
    }.SelectMany(entry => entry.Headings.Select(heading => (Key: Key(heading), entry.Column))).ToDictionary(entry => entry.Key, entry => entry.Column);

    private readonly Dictionary<ImportColumn, int> _index = [];

    /// <summary>Where two headings mean the same, the first is taken.</summary>
    public ImportColumns(IReadOnlyList<string> headings)
    {
        for (var i = 0; i < headings.Count; i++)
            if (!Meanings.TryGetValue(Key(headings[i]), out var column) || !_index.TryAdd(column, i)) NotRead.Add(headings[i].Trim());
    }

    /// <summary>Headings of columns that are left alone: passport numbers, say.</summary>
    public List<string> NotRead { get; } = [];

    public IReadOnlyCollection<ImportColumn> Read => _index.Keys;

    public bool Has(ImportColumn column) => _index.ContainsKey(column);

    /// <summary>The cell without white space and direction marks around it; empty where the file has no such column or the row ends before it.</summary>
    public string Cell(IReadOnlyList<string> cells, ImportColumn column) =>
        _index.TryGetValue(column, out var index) && index < cells.Count ? cells[index].Trim(' ', '\t', '\u00a0', '\u200e', '\u200f', '\ufeff') : "";

    /// <summary>"Worker_Code " and "worker code" are the same heading.</summary>
    private static string Key(string heading)
    {
        var key = new StringBuilder(heading.Length);
        foreach (var sign in heading.Where(char.IsLetterOrDigit)) key.Append(char.ToLowerInvariant(sign));
        return key.ToString();
    }
}
