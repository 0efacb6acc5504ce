using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Wording;

namespace BetterConnections.Training.Archives;

/// <summary>The first page of an archive of several toolkits.</summary>
internal static class TopicsPage
{
    public static IEnumerable<ArchiveFile> Of(IReadOnlyList<ToolkitVersion> versions, string wanted, ProgrammeSettings programme)
    {
        yield return ArchiveFile.Text("style.css", Html.Style);
        yield return ArchiveFile.Text("index.html", Html.Page(wanted, programme.Name, "", $"""
            <main>
            <header>
            <h1>{Html.Text(programme.Name)}</h1>
            <p class="summary">{Html.Text(Words.In(wanted)["all-topics"])}</p>
            </header>
            <ul class="topics">
            {string.Concat(versions.Select(v => Topic(v, wanted, programme)))}</ul>
            </main>
            """));
    }

    private static string Topic(ToolkitVersion version, string wanted, ProgrammeSettings programme)
    {
        var shown = programme.ShownIn(wanted, version.Toolkit.DefaultLanguage, [.. version.Texts.Select(t => t.Language)]);
        var text = version.Texts.FirstOrDefault(t => t.Language == shown);
        return $"""
            <li{Html.In(shown, wanted)}><a href="{version.Toolkit.Code}/index.html">{Html.Text(text?.Title ?? version.Toolkit.Code)}</a>
            <p>{Html.Text(text?.Summary)}</p></li>

            """;
    }
}
