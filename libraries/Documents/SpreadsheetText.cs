using System.Globalization;

namespace BetterConnections.Documents;

/// <summary>Text on its way into a CSV or XLSX that somebody will open in a spreadsheet.</summary>
public static class SpreadsheetText
{
    /// <summary>
    /// Puts an apostrophe before text that a spreadsheet would run as a formula (CSV injection, OWASP):
    /// a donor's <c>=HYPERLINK("x")</c> is stored as it came and neutralised only on its way out.
    /// </summary>
    public static string Neutralise(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    /// <summary>One line of a CSV (RFC 4180) with its line end: texts neutralised, numbers as they are everywhere in the world.</summary>
    public static string Line(IEnumerable<object?> cells) =>
        string.Join(',', cells.Select(cell => Quoted(cell is string text ? Neutralise(text) : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""))) + "\r\n";

    /// <summary>A cell with its quotes, where it needs any.</summary>
    public static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;

    /// <summary>Takes back what <see cref="Neutralise"/> put before text, where a file we gave out comes in again.</summary>
    public static string Restore(string text) => text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
}
