using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.Training.Wording;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <summary>A version's contents as a reader of one language sees them.</summary>
/// <param name="Language">The one that title and summary are in.</param>
/// <param name="Notice">Says, in the reader's language, that they are in another one; null where they are not.</param>
public sealed record VersionView(Guid Id, Guid ToolkitId, string Code, string Topic, Audience Audience, int Number, VersionState State, DateTimeOffset? PublishedAt,
    IReadOnlyList<string> CompleteLanguages, string? Title, string? Summary, string Language, string Direction, string? Notice, IReadOnlyList<ModuleSummary> Modules);

/// <param name="Language">The one that the lesson is shown in; another than was asked for means that it is not translated.</param>
/// <param name="Languages">In which lesson and quiz are complete.</param>
public sealed record ModuleSummary(string Slug, int Minutes, string? Title, string Language, string Direction, IReadOnlyList<string> Languages, int Questions);

public static class ReadVersion
{
    /// <param name="language">The reader's; the toolkit's default where it is left out.</param>
    public static async Task<VersionView> Handle(Guid id, int number, string? language, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        HttpResponse response, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).OneAsync(id, number, cancel);
        var toolkit = version.Toolkit;
        var wanted = programme.Wanted(language, toolkit.DefaultLanguage);
        // Everything but the lessons' bodies, which an outline does not show.
        var modules = await db.Modules.AsNoTracking().Where(m => m.VersionId == version.Id).OrderBy(m => m.Position).ThenBy(m => m.Slug)
            .Select(m => new { m.Slug, m.Minutes, m.Quiz, Titles = m.Texts.Select(t => new { t.Language, t.Title }).ToList() }).ToListAsync(cancel);

        var shown = programme.ShownIn(wanted, toolkit.DefaultLanguage, [.. version.Texts.Select(t => t.Language)]);
        var text = version.Texts.FirstOrDefault(t => t.Language == shown);
        response.SetETag(version.RowVersion);
        return new(version.Id, id, toolkit.Code, toolkit.Topic, toolkit.Audience, number, version.State, version.PublishedAt, version.CompleteLanguages,
            text?.Title, text?.Summary, shown, Language.Direction(shown), Words.Notice(wanted, shown),
            [.. modules.Select(m =>
            {
                string[] complete = [.. m.Titles.Select(t => t.Language).Where(l => m.Quiz?.IsCompleteIn(l) != false).Order(StringComparer.Ordinal)];
                var inLanguage = programme.ShownIn(wanted, toolkit.DefaultLanguage, complete);
                return new ModuleSummary(m.Slug, m.Minutes, m.Titles.Find(t => t.Language == inLanguage)?.Title, inLanguage, Language.Direction(inLanguage),
                    complete, m.Quiz?.Questions.Count ?? 0);
            })]);
    }

    /// <summary>What it is called in every language: what <c>PUT</c> takes back.</summary>
    public static async Task<VersionDescription> Source(Guid id, int number, TrainingDb db, HttpResponse response, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().OneAsync(id, number, cancel);
        response.SetETag(version.RowVersion);
        return VersionDescription.From(version);
    }
}
