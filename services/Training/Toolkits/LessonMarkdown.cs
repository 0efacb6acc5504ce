using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BetterConnections.Training.Toolkits;

/// <summary>
/// The Markdown of lessons: headings, paragraphs, emphasis, lists, quotes, tables, and the version's own attachments as
/// <c>attachments/name</c>. HTML is shown as the text it is. Nothing leads out of the lesson, since it is read offline too:
/// a web address is written as text.
/// </summary>
public static partial class LessonMarkdown
{
    public const string Folder = "attachments/";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    [GeneratedRegex("^attachments/[a-z0-9][a-z0-9._-]*$")]
    private static partial Regex AttachmentAddress();

    /// <exception cref="BadInput">markdown_not_allowed: a link or picture that is not of an attachment.</exception>
    public static void RequireAllowed(string body, string where)
    {
        var document = Markdown.Parse(body, Pipeline);
        if (document.Descendants<AutolinkInline>().FirstOrDefault() is { } auto) throw NotAllowed(auto.Url, auto.Line);
        if (document.Descendants<LinkInline>().FirstOrDefault(l => !AttachmentAddress().IsMatch(l.Url ?? "")) is { } link) throw NotAllowed(link.Url, link.Line);

        BadInput NotAllowed(string? address, int line) => new("markdown_not_allowed",
            $"{where}, line {line + 1}: '{address}' is not of the form attachments/name. Write web addresses as plain text.");
    }

    /// <summary>Names of the attachments that a lesson shows, each once.</summary>
    public static IReadOnlyList<string> Attachments(string body) =>
        [.. Markdown.Parse(body, Pipeline).Descendants<LinkInline>().Select(l => l.Url![Folder.Length..]).Distinct()];

    /// <summary>HTML without scripts, styles or addresses outside. Headings begin at h2, below the lesson's title.</summary>
    public static string ToHtml(string body)
    {
        var document = Markdown.Parse(body, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Clamp(heading.Level, 2, 4);
        using var html = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new MediaRenderer());
        renderer.Render(document);
        return html.ToString();
    }

    /// <summary>A picture that is a film or a recording becomes its player.</summary>
    private sealed class MediaRenderer : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            var player = Path.GetExtension(link.Url) switch
            {
                ".mp4" or ".webm" => "video",
                ".mp3" or ".ogg" or ".wav" or ".m4a" => "audio",
                _ => null,
            };
            if (!link.IsImage || player is null)
            {
                base.Write(renderer, link);
                return;
            }
            renderer.Write($"<{player} controls preload=\"metadata\" src=\"").WriteEscapeUrl(link.Url).Write("\">");
            renderer.WriteChildren(link);
            renderer.Write($"</{player}>");
        }
    }
}
