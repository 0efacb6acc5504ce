using System.Globalization;
using System.Net;
using BetterConnections.Documents;
using BetterConnections.Volunteers.Messages;

namespace BetterConnections.Volunteers.Letters;

/// <summary>The letter for people: a PDF in English, or a page in English or Arabic.</summary>
public static class LetterPrint
{
    private const int LongestLine = 60;

    /// <param name="Sentence">With {name} and {programme}.</param>
    private sealed record Words(string Title, string Sentence, string Number, string Volunteer, string Period, string Hours, string Facilities, string Issued,
        string Thanks, Func<int, string> Time);

    private static readonly Words English = new("Letter of recognition", "{name} has given time as a volunteer to {programme}, so that workers learn to use computers and the internet.",
        "Letter", "Volunteer", "Period", "Hours", "Facilities", "Issued on", "We thank you for it.", m => $"{m / 60} h {m % 60:00} min");

    private static readonly Words Arabic = new("شهادة تقدير", "قدّم/قدّمت {name} من وقته/وقتها متطوعاً/متطوعة في {programme}، ليتعلم العمال استخدام الحاسوب والإنترنت.",
        "رقم الشهادة", "رقم المتطوع", "الفترة", "عدد الساعات", "عدد المراكز", "تاريخ الإصدار", "مع خالص الشكر والتقدير.", m => $"{m / 60} ساعة و{m % 60} دقيقة");

    public static byte[] Pdf(Letter letter, Given given, Volunteer volunteer, ProgrammeSettings programme)
    {
        var page = new DrawnPdf(210, 297);
        page.AddPage();
        page.Text(25, 40, 12, programme.Name, bold: true);
        page.Fill(25, 43, 160, 0.3);
        page.Text(25, 65, 22, English.Title, bold: true);
        double y = 75;
        foreach (var line in Lines(Sentence(English, volunteer, programme))) page.Text(25, y += 7, 12, line);
        y += 8;
        foreach (var (label, value) in Facts(English, "en", letter, given, volunteer, programme))
        {
            page.Text(25, y += 8, 11, label);
            page.Text(75, y, 11, value, bold: true);
        }
        page.Text(25, y + 18, 12, English.Thanks);
        page.Fill(25, y + 45, 60, 0.2);
        page.Text(25, y + 50, 9, programme.Name);
        return page.ToArray();
    }

    public static string Html(Letter letter, Given given, Volunteer volunteer, ProgrammeSettings programme)
    {
        var (language, words) = volunteer.MessageLanguage == "ar" ? ("ar", Arabic) : ("en", English);
        var rows = string.Concat(Facts(words, language, letter, given, volunteer, programme).Select(f => $"<tr><th>{Text(f.Label)}</th><td>{Text(f.Value)}</td></tr>"));
        return $$"""
            <!doctype html>
            <html lang="{{language}}" dir="{{(language == "ar" ? "rtl" : "ltr")}}"><head><meta charset="utf-8"><title>{{Text(words.Title)}} {{letter.Number}}</title>
            <style>
            body{font:12pt/1.6 system-ui,sans-serif;max-width:165mm;margin:15mm auto}
            header{font-weight:bold;border-bottom:1px solid #000;padding-bottom:2mm}h1{font-size:22pt;margin:15mm 0 6mm}
            table{border-collapse:collapse;margin:8mm 0}th{text-align:start;font-weight:normal;padding-inline-end:12mm}td{font-weight:bold}
            footer{border-top:1px solid #000;width:60mm;margin-top:25mm;font-size:9pt}@page{size:A4;margin:15mm}@media print{body{margin:0} }
            </style></head><body>
            <header>{{Text(programme.Name)}}</header><h1>{{Text(words.Title)}}</h1>
            <p>{{Text(Sentence(words, volunteer, programme))}}</p><table>{{rows}}</table><p>{{Text(words.Thanks)}}</p><footer>{{Text(programme.Name)}}</footer>
            </body></html>
            """;
    }

    private static string Sentence(Words words, Volunteer volunteer, ProgrammeSettings programme) =>
        words.Sentence.Replace("{programme}", programme.Name).Replace("{name}", volunteer.Name);

    private static IEnumerable<(string Label, string Value)> Facts(Words words, string language, Letter letter, Given given, Volunteer volunteer, ProgrammeSettings programme)
    {
        yield return (words.Volunteer, volunteer.Number!);
        yield return (words.Period, $"{Day(given.First)} – {Day(given.Last)}");
        yield return (words.Facilities, given.Facilities.ToString(CultureInfo.InvariantCulture));
        yield return (words.Hours, words.Time(given.Minutes));
        foreach (var (role, minutes) in given.Roles) yield return (Templates.Role(role, language), words.Time(minutes));
        yield return (words.Issued, programme.Date(letter.IssuedAt));
        yield return (words.Number, letter.Number);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Broken between words; a longer word stands on a line of its own.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LongestLine)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
