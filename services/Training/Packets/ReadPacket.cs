using System.Reflection;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Archives;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Training.Packets;

/// <summary>The packet for <c>volunteers</c>: what teaching at a facility is, and how one becomes certified. The employers' is Enrollment's.</summary>
public static class ReadPacket
{
    private static readonly string[] Audiences = ["volunteers"];
    private static readonly string[] Languages = ["en", "ar"];

    /// <summary>A page or Markdown, by <c>Accept</c>; in <paramref name="language"/>, else in what <c>Accept-Language</c> prefers, else in English.</summary>
    public static ContentHttpResult Handle(string audience, string? language, HttpRequest request, HttpResponse response)
    {
        if (!Audiences.Contains(audience)) throw new NotThere("packet_unknown", $"There is a packet for {string.Join(" and ", Audiences)}.");
        var wanted = language is not null ? [language] : request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value!.Split('-')[0].ToLowerInvariant());
        var shown = wanted.FirstOrDefault(Languages.Contains) ?? "en";
        response.Headers.ContentLanguage = shown;
        response.Headers.Vary = "Accept, Accept-Language";

        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Packets.{audience}-{shown}")!);
        var text = file.ReadToEnd().ReplaceLineEndings("\n");
        if (request.Choose("text/html", "text/markdown") == "text/markdown") return TypedResults.Text(text, "text/markdown; charset=utf-8");
        var title = text[..text.IndexOf('\n')];
        return TypedResults.Text(Html.Standalone(shown, title[2..], $"<main>\n<h1>{Html.Text(title[2..])}</h1>\n{LessonMarkdown.ToHtml(text[title.Length..])}</main>"),
            "text/html; charset=utf-8");
    }
}
