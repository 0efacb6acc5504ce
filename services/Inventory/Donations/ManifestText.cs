using System.Globalization;
using System.Text;
using BetterConnections.Documents;

namespace BetterConnections.Inventory.Donations;

/// <summary>Makes what people type in Arabic and English comparable.</summary>
public static class ManifestText
{
    /// <summary>
    /// The cell without surrounding white space and without the invisible signs (byte order marks, direction marks)
    /// that spreadsheets leave in right-to-left text. What it says stays as it is; a formula stays text.
    /// </summary>
    public static string Clean(string? cell)
    {
        if (string.IsNullOrEmpty(cell)) return "";
        // A workbook can write half a character (_xD800_), which no encoding takes: it becomes U+FFFD.
        if (cell.Any(char.IsSurrogate)) cell = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cell));
        if (cell.Any(IsInvisible)) cell = string.Concat(cell.Where(sign => !IsInvisible(sign)));
        return SpreadsheetText.Restore(cell.Trim());
    }

    /// <summary>Arabic-Indic and Persian digits and separators as ASCII: <c>٣٥٠٫٥</c> is <c>350.5</c>.</summary>
    public static string AsciiDigits(string text) => string.Create(text.Length, text, (ascii, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            ascii[i] = from[i] switch
            {
                >= '٠' and <= '٩' => (char)(from[i] - '٠' + '0'),
                >= '۰' and <= '۹' => (char)(from[i] - '۰' + '0'),
                '٫' => '.',
                '٬' => ',',
                '−' => '-',
                _ => from[i],
            };
    });

    /// <summary>
    /// The text to compare headings and words by: no case, brackets, punctuation, units, Arabic diacritics, tatweel or
    /// article, one form of alef, yeh and teh marbuta. <c>القيمة التقديرية (ر.ق)</c> and <c>قيمه تقديريه</c> are equal.
    /// </summary>
    public static string Key(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var depth = 0;
        foreach (var sign in text.Normalize(NormalizationForm.FormKC) + " ")
        {
            if (sign is '(' or '[') depth++;
            if (char.IsLetterOrDigit(sign))
            {
                if (depth == 0 && sign != 'ـ') word.Append(Plain(sign));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(sign) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && word.Length > 0)
            {
                words.Add(WithoutArticle(word.ToString()));
                word.Clear();
            }
            if (sign is ')' or ']' && depth > 0) depth--;
        }
        return string.Concat(words.Where(w => words.Count == 1 || w is not ("qar" or "qr" or "gb" or "mb" or "tb")));
    }

    private static char Plain(char sign) => sign switch
    {
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        'ى' or 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        _ => char.ToLowerInvariant(sign),
    };

    private static string WithoutArticle(string word) => word.Length > 4 && word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : word;

    private static bool IsInvisible(char sign) =>
        sign == '\0' || CharUnicodeInfo.GetUnicodeCategory(sign) == UnicodeCategory.Format;
}
