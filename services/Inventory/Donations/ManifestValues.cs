using System.Globalization;
using System.Text.RegularExpressions;

namespace BetterConnections.Inventory.Donations;

/// <summary>Reads the values of a manifest as donors write them. Each returns null, or the code of what is wrong.</summary>
public static partial class ManifestValues
{
    private const decimal LargestValue = 10_000_000;
    private const decimal LargestMemoryGb = 4096;
    private const decimal LargestStorageGb = 1_000_000;
    private const int FirstYear = 1990;

    private static readonly Dictionary<string, string> Kinds = new (string Kind, string[] Words)[]
    {
        ("desktop", ["desktop", "desktop pc", "desktop computer", "pc", "computer", "workstation", "tower", "all in one", "aio", "mini pc",
            "حاسوب مكتبي", "كمبيوتر مكتبي", "جهاز مكتبي", "حاسب مكتبي", "حاسب آلي", "مكتبي", "حاسوب", "كمبيوتر"]),
        ("laptop", ["laptop", "laptop computer", "notebook", "ultrabook", "portable computer",
            "حاسوب محمول", "كمبيوتر محمول", "حاسب محمول", "جهاز محمول", "محمول", "لابتوب", "لاب توب"]),
        ("monitor", ["monitor", "screen", "display", "lcd", "lcd monitor", "led monitor", "شاشة", "شاشة حاسوب", "شاشة كمبيوتر"]),
        ("printer", ["printer", "laser printer", "mfp", "multifunction printer", "طابعة", "طابعة ليزر"]),
        ("modem", ["modem", "router", "wifi modem", "wi-fi modem", "wi-fi router", "مودم", "راوتر", "جهاز توجيه"]),
        ("other", ["other", "others", "misc", "accessory", "keyboard", "mouse", "docking station", "projector", "scanner", "server", "tablet", "thin client", "ups", "switch",
            "أخرى", "اخرى", "آخر", "غير ذلك", "ملحقات", "لوحة مفاتيح", "فأرة", "خادم", "ماسح ضوئي"]),
    }.SelectMany(entry => entry.Words.Select(word => (Key: ManifestText.Key(word), entry.Kind)))
        .DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Kind);

    // What people and firmware write where there is no serial.
    private static readonly HashSet<string> NoSerial = [.. new[]
    {
        "", "n/a", "none", "unknown", "nil", "0", "to be filled by o.e.m.", "default string", "system serial number", "not available",
        "لا يوجد", "غير متوفر", "غير معروف", "بدون",
    }.Select(ManifestText.Key)];

    public static string? Serial(string cell, out string serial)
    {
        serial = ManifestText.AsciiDigits(cell).ToUpperInvariant();
        if (NoSerial.Contains(ManifestText.Key(serial))) return ManifestErrors.SerialRequired;
        return Rounded().IsMatch(serial) ? ManifestErrors.SerialRounded : null;
    }

    public static string? Kind(string cell, out string? kind)
    {
        kind = null;
        return cell.Length == 0 || Kinds.TryGetValue(ManifestText.Key(cell), out kind) ? null : ManifestErrors.KindUnknown;
    }

    /// <summary>An amount of money: 1,250.50 or 1.250,50 or 350,5 or ٣٥٠٫٥, with or without the currency.</summary>
    public static string? Money(string cell, out decimal? value)
    {
        value = null;
        if (cell.Length == 0) return null;
        var match = Amount().Match(ManifestText.AsciiDigits(cell));
        if (!match.Success || Number(match.Groups["number"].Value) is not { } number) return ManifestErrors.ValueNotANumber;
        var negative = number != 0 && (match.Groups["minus"].Success || match.Groups["bracket"].Success);
        if (negative) return ManifestErrors.ValueNegative;
        if (number > LargestValue) return ManifestErrors.ValueTooLarge;
        value = number;
        return null;
    }

    /// <summary>Gigabytes of memory from 8GB, 16384 MB, 8 or ٨ جيجا.</summary>
    public static string? Memory(string cell, bool bareIsMegabytes, out decimal? gigabytes)
    {
        gigabytes = null;
        if (cell.Length == 0) return null;
        var match = MemorySize().Match(ManifestText.AsciiDigits(cell));
        if (!match.Success || Number(match.Groups["number"].Value) is not { } number) return ManifestErrors.ValueNotANumber;
        if (match.Groups["minus"].Success) return ManifestErrors.ValueNegative;
        var megabytes = match.Groups["mb"].Success
            // No donated computer has 1,000 GB of memory: such a bare number is megabytes whatever the heading says.
            || !match.Groups["gb"].Success && (bareIsMegabytes || number >= 1000);
        if (megabytes) number /= 1024;
        if (number > LargestMemoryGb) return ManifestErrors.ValueTooLarge;
        gigabytes = number;
        return null;
    }

    /// <summary>Capacity and medium from 256 GB SSD, 1 TB HDD, SSD 256GB, 500 or 256GB SSD + 1TB HDD.</summary>
    public static string? Storage(string cell, out decimal? gigabytes, out string? medium)
    {
        gigabytes = null;
        medium = null;
        if (cell.Length == 0) return null;
        var text = ManifestText.AsciiDigits(cell);
        if (text.StartsWith('-')) return ManifestErrors.ValueNegative;
        var sizes = DriveSize().Matches(text);
        if (sizes.Count == 0) return ManifestErrors.ValueNotANumber;
        decimal sum = 0;
        foreach (Match size in sizes)
        {
            if (Number(size.Groups["number"].Value) is not { } number) return ManifestErrors.ValueNotANumber;
            if (number > LargestStorageGb * 1000) return ManifestErrors.ValueTooLarge; // bytes, or a slip
            sum += size.Groups["tb"].Success ? number * 1000 : size.Groups["mb"].Success ? number / 1000 : number;
        }
        if (sum > LargestStorageGb) return ManifestErrors.ValueTooLarge;
        gigabytes = sum;
        medium = (SolidState().IsMatch(text), HardDisk().IsMatch(text)) switch
        {
            (true, true) => "mixed",
            (true, false) => "ssd",
            (false, true) => "hdd",
            _ => null,
        };
        return null;
    }

    private static readonly string[] Days =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyyMMdd",
        "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yyyy HH:mm:ss", "d/M/yyyy HH:mm", "d-MMM-yyyy", "d MMM yyyy", "d MMMM yyyy",
    ];
    private static readonly string[] Months = ["M/yyyy", "MM-yyyy", "yyyy-MM", "MMM yyyy", "MMMM yyyy", "MMM-yyyy"];

    /// <summary>
    /// The year, and the day where one is given: 2017, ٢٠١٧, 2017-03-01, 01/03/2017 (day first), Mar 2017, or a
    /// spreadsheet's day number (43000). A year before 1990 or a day in the future is not valid.
    /// </summary>
    public static string? Purchased(string cell, DateOnly today, out int? year, out DateOnly? day)
    {
        (year, day) = (null, null);
        if (cell.Length == 0) return null;
        var text = ManifestText.AsciiDigits(cell);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (text.Length == 4) year = number;
            else if (text.Length == 5) day = DateOnly.FromDateTime(DateTime.FromOADate(number));
        }
        if (year is null && day is null && DateOnlyOf(text, Days) is { } exact) day = exact;
        year ??= day?.Year ?? DateOnlyOf(text, Months)?.Year;
        if (year is >= FirstYear && year <= today.Year && !(day > today)) return null;
        (year, day) = (null, null);
        return ManifestErrors.YearNotValid;
    }

    private static DateOnly? DateOnlyOf(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var at) ? DateOnly.FromDateTime(at) : null;

    /// <summary>
    /// Digits with separators. Of comma and point, the last one present marks the decimals; a single comma before
    /// exactly three digits, or either sign more than once, groups thousands.
    /// </summary>
    private static decimal? Number(string digits)
    {
        var comma = digits.LastIndexOf(',');
        var point = digits.LastIndexOf('.');
        var decimals = comma > point ? ',' : '.';
        if (digits.Count(sign => sign == decimals) > 1 || point < 0 && comma >= 0 && digits.Length - comma == 4)
            decimals = decimals == ',' ? '.' : ',';
        var thousands = decimals == ',' ? '.' : ',';
        if (digits.Contains(thousands) && !Grouped(digits.Split(decimals)[0], thousands)) return null;
        return decimal.TryParse(digits.Replace(thousands.ToString(), "").Replace(decimals, '.'), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool Grouped(string whole, char separator)
    {
        var groups = whole.Split(separator);
        return groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3);
    }

    [GeneratedRegex(@"^\d(\.\d+)?E\+\d+$")]
    private static partial Regex Rounded();

    private const string Currency = @"(?:QAR|QR|ر\.?\s?ق\.?|ريال(?:\s+قطري)?)?";

    [GeneratedRegex(@"^(?<bracket>\()?\s*" + Currency + @"\s*(?<minus>-)?\s*" + Currency + @"\s*(?<number>\d[\d.,]*)(?:/-)?(?<minus>-)?\s*" + Currency + @"\s*\)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(?<minus>-)?\s*(?<number>\d[\d.,]*)\s*(?:(?<gb>G[BO]?|Gi?B|جيج\S*|ج\.ب)|(?<mb>M[BO]?|Mi?B|ميج\S*|م\.ب))?(?:\s.*)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MemorySize();

    [GeneratedRegex(@"(?<![\w.,])(?<number>\d[\d.,]*)\s*(?:(?<tb>T[BO]?|تير\S*)|(?<gb>G[BO]?|جيج\S*)|(?<mb>M[BO]?|ميج\S*)|(?=\s|$|S|H))(?![0-9A-RT-Z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DriveSize();

    [GeneratedRegex("SSD|NVMe|eMMC|M\\.2|solid|flash", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SolidState();

    [GeneratedRegex("HDD|SATA disk|hard|rpm|صلب", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HardDisk();
}
