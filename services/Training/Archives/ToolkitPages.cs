using BetterConnections.Training.Toolkits;
using BetterConnections.Training.Wording;

namespace BetterConnections.Training.Archives;

/// <summary>The pages of one version in one language: its contents and a page for each module.</summary>
internal static class ToolkitPages
{
    /// <param name="folder">Where in the archive, with a closing slash; empty for its root.</param>
    /// <param name="upTo">The page of all topics, where there is one; the style sheet is beside it then.</param>
    public static IEnumerable<ArchiveFile> Of(ToolkitVersion version, string wanted, ProgrammeSettings programme, string folder, string? upTo)
    {
        var (toolkit, words, root) = (version.Toolkit, Words.In(wanted), upTo is null ? "" : "../");
        var shown = programme.ShownIn(wanted, toolkit.DefaultLanguage, [.. version.Texts.Select(t => t.Language)]);
        var text = version.Texts.FirstOrDefault(t => t.Language == shown);
        var title = text?.Title ?? toolkit.Code;
        var lessons = version.InOrder.Select((m, i) => (File: $"{i + 1:00}-{m.Slug}.html", View: ReadModule.Show(m, wanted, toolkit.DefaultLanguage, programme), m.Quiz)).ToList();

        if (upTo is null) yield return ArchiveFile.Text(folder + "style.css", Html.Style);
        yield return ArchiveFile.Text(folder + "index.html", Html.Page(wanted, title, root, $"""
            {(upTo is null ? "" : $"<nav><a href=\"{upTo}\">{Html.Text(words["all-topics"])}</a></nav>")}
            <main>
            {Notice(Words.Notice(wanted, shown))}<header{Html.In(shown, wanted)}>
            <h1>{Html.Text(title)}</h1>
            <p class="summary">{Html.Text(text?.Summary)}</p>
            </header>
            <h2>{Html.Text(words["contents"])}</h2>
            <ol class="contents">
            {string.Concat(lessons.Select(l => $"<li><a href=\"{l.File}\"{Html.In(l.View.Language, wanted)}>{Html.Text(l.View.Title)}</a> <small>{Html.Text(string.Format(words["minutes"], l.View.Minutes))}</small></li>\n"))}</ol>
            </main>
            <footer>{Html.Text(programme.Name)} · {Html.Text(string.Format(words["version"], version.Number))}</footer>
            """));

        foreach (var (i, lesson) in lessons.Index())
        {
            // A volunteers' quiz decides about a certificate: it is taken signed in, and its answers do not lie on a stick.
            var check = toolkit.Audience != Audience.Volunteers && lesson.View.Questions.Count > 0 ? SelfCheck.Form(lesson.View, lesson.Quiz!) : "";
            yield return ArchiveFile.Text(folder + lesson.File, Html.Page(wanted, $"{lesson.View.Title} – {title}", root, $"""
                <nav><a href="index.html"{Html.In(shown, wanted)}>{Html.Text(title)}</a></nav>
                <main>
                {Notice(lesson.View.Notice)}<article{Html.In(lesson.View.Language, wanted)}>
                <h1>{Html.Text(lesson.View.Title)}</h1>
                {lesson.View.Html}{check}</article>
                </main>
                <nav class="turn">
                {(i == 0 ? "<span></span>" : $"<a rel=\"prev\" href=\"{lessons[i - 1].File}\">{Html.Text(words["previous"])}</a>")}
                <span>{Html.Text(string.Format(words["place"], i + 1, lessons.Count))}</span>
                {(i == lessons.Count - 1 ? $"<a href=\"index.html\">{Html.Text(words["contents"])}</a>" : $"<a rel=\"next\" href=\"{lessons[i + 1].File}\">{Html.Text(words["next"])}</a>")}
                </nav>
                """, check.Length > 0 ? Html.SelfCheck : null));
        }
    }

    private static string Notice(string? notice) => notice is null ? "" : $"<p class=\"notice\" role=\"note\">{Html.Text(notice)}</p>\n";
}
