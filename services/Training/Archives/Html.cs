using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BetterConnections.Training.Archives;

/// <summary>A page of an archive. It refers to files beside it only.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static readonly string Style = Resource("style.css");
    public static readonly string SelfCheck = Resource("self-check.js").Trim();

    public static string Text(string? text) => Encoder.Encode(text ?? "");

    /// <param name="root">The way to the folder with <c>style.css</c>.</param>
    /// <param name="script">Inline, since a browser may refuse scripts beside a page that comes from a disk.</param>
    public static string Page(string language, string title, string root, string body, string? script = null) =>
        Document(language, title, $"<link rel=\"stylesheet\" href=\"{root}style.css\">", body, script);

    /// <summary>A page with its style inside, for one that is served by itself.</summary>
    public static string Standalone(string language, string title, string body) => Document(language, title, $"<style>\n{Style}</style>", body);

    private static string Document(string language, string title, string style, string body, string? script = null) => $"""
        <!DOCTYPE html>
        <html lang="{language}" dir="{Language.Direction(language)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        {style}
        </head>
        <body>
        {body.TrimEnd('\n')}
        {(script is null ? "" : $"<script>\n{script}\n</script>\n")}</body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>Tells the reader in which language a text is, where it is not the page's.</summary>
    public static string In(string shown, string page) => shown == page ? "" : $" lang=\"{shown}\" dir=\"{Language.Direction(shown)}\"";

    private static string Resource(string name)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Archives.{name}")!);
        return text.ReadToEnd().ReplaceLineEndings("\n");
    }
}
