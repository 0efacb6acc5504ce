namespace BetterConnections.Inventory.Donations;

/// <summary>Which column of a donor's file means what, by its heading in English or Arabic, in any order.</summary>
public sealed class ManifestColumns
{
    private static readonly Dictionary<string, ManifestField> Meanings = new (ManifestField Field, string[] Headings)[]
    {
        (ManifestField.Serial, ["serial", "serial number", "serial no", "serial num", "serial #", "s/n", "sn", "device serial", "service tag",
            "الرقم التسلسلي", "رقم تسلسلي", "السيريال", "رقم السيريال", "الرقم المتسلسل", "التسلسلي"]),
        (ManifestField.AssetTag, ["asset tag", "asset", "asset number", "asset no", "asset id", "tag", "tag number", "inventory number", "inventory no",
            "رقم الأصل", "رقم الجرد", "رقم العهدة", "العهدة", "وسم الأصل"]),
        (ManifestField.Manufacturer, ["manufacturer", "make", "brand", "vendor", "maker",
            "الشركة المصنعة", "المصنع", "الشركة", "الماركة", "العلامة التجارية"]),
        (ManifestField.Model, ["model", "model name", "model number", "model no", "product", "product name",
            "الطراز", "الموديل", "اسم الطراز", "رقم الطراز"]),
        (ManifestField.Kind, ["kind", "type", "device type", "asset type", "equipment type", "category", "item",
            "النوع", "نوع الجهاز", "الصنف", "الفئة", "الجهاز"]),
        (ManifestField.Cpu, ["cpu", "processor", "cpu model", "processor type", "المعالج", "نوع المعالج"]),
        (ManifestField.Memory, ["memory", "ram", "memory size", "ram size", "الذاكرة", "ذاكرة الوصول العشوائي", "الرام", "رام"]),
        (ManifestField.Storage, ["storage", "disk", "hdd", "ssd", "hard disk", "hard drive", "drive", "disk size", "storage size",
            "القرص", "القرص الصلب", "التخزين", "سعة التخزين", "وحدة التخزين", "الهارد", "الهاردسك"]),
        (ManifestField.Purchased, ["purchased", "purchase date", "purchase year", "date of purchase", "year of purchase", "purchased on", "year", "acquisition date", "bought",
            "سنة الشراء", "تاريخ الشراء", "عام الشراء", "السنة"]),
        (ManifestField.BookValue, ["book value", "value", "net book value", "nbv", "estimated value", "residual value", "fair value",
            "القيمة التقديرية", "القيمة الدفترية", "القيمة", "صافي القيمة الدفترية"]),
        (ManifestField.Location, ["location", "office", "floor", "office floor", "site", "building", "branch", "department", "room",
            "الموقع", "المكتب", "المكان", "الفرع", "القسم", "الإدارة", "المبنى", "الطابق"]),
        (ManifestField.Notes, ["notes", "note", "remarks", "remark", "comments", "comment", "condition", "description",
            "ملاحظات", "ملاحظة", "الحالة", "الوصف", "تعليق"]),
    }.SelectMany(entry => entry.Headings.Select(heading => (Key: ManifestText.Key(heading), entry.Field)))
        .DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Field);

    private readonly Dictionary<ManifestField, ManifestColumn> _byField;

    /// <summary>Where two headings mean the same, the first is taken and the other ignored.</summary>
    public ManifestColumns(IReadOnlyList<string> headings)
    {
        var taken = new HashSet<ManifestField>();
        All = headings.Select((heading, index) => new ManifestColumn(index, heading,
            Meanings.TryGetValue(ManifestText.Key(heading), out var field) && taken.Add(field) ? field : null)).ToList();
        _byField = All.Where(column => column.Field is not null).ToDictionary(column => column.Field!.Value);
        // "RAM (MB)": the unit of a bare number stands in the heading.
        MemoryInMegabytes = HeadingOf(ManifestField.Memory) is { } memory
            && (memory.Contains("MB", StringComparison.OrdinalIgnoreCase) || memory.Contains("ميج"));
    }

    public IReadOnlyList<ManifestColumn> All { get; }
    public bool MemoryInMegabytes { get; }
    public int Recognised => _byField.Count;
    public bool HasSerial => _byField.ContainsKey(ManifestField.Serial);

    public string? HeadingOf(ManifestField field) => _byField.GetValueOrDefault(field)?.Heading;

    /// <summary>The cell, cleaned; empty where the file has no such column or the row ends before it.</summary>
    public string Cell(IReadOnlyList<string> cells, ManifestField field) =>
        _byField.TryGetValue(field, out var column) && column.Index < cells.Count ? cells[column.Index] : "";
}
