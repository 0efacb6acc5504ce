using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.Training.Wording;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <summary>A lesson and its questions as a learner sees them: without right answers.</summary>
/// <param name="Html">Without scripts. Its pictures are addressed as <c>attachments/name</c>, below the version's address.</param>
/// <param name="Language">The one that everything here is in.</param>
/// <param name="Notice">Says, in the reader's language, that it is another one than was asked for; null where it is not.</param>
/// <param name="PassMark">Per cent of the questions; null where there is no quiz.</param>
public sealed record ModuleView(string Slug, int Minutes, string Title, string Html, string Language, string Direction, string? Notice,
    int? PassMark, IReadOnlyList<QuestionView> Questions);

public static class ReadModule
{
    /// <param name="language">The reader's; the toolkit's default where it is left out.</param>
    public static async Task<ModuleView> Handle(Guid id, int number, string slug, string? language, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).OneAsync(id, number, cancel);
        var module = await db.Modules.AsNoTracking().Include(m => m.Texts).SingleOrDefaultAsync(m => m.VersionId == version.Id && m.Slug == slug, cancel)
            ?? throw VersionAccess.ModuleUnknown(slug);
        return Show(module, programme.Wanted(language, version.Toolkit.DefaultLanguage), version.Toolkit.DefaultLanguage, programme);
    }

    /// <summary>Everything in every language, right answers too: what <c>PUT</c> takes back.</summary>
    public static async Task<ModuleSource> Source(Guid id, int number, string slug, TrainingDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).OneAsync(id, number, cancel);
        var module = await db.Modules.AsNoTracking().Include(m => m.Texts).SingleOrDefaultAsync(m => m.VersionId == version.Id && m.Slug == slug, cancel)
            ?? throw VersionAccess.ModuleUnknown(slug);
        response.SetETag(module.RowVersion);
        return ModuleSource.From(module);
    }

    /// <summary>In the wanted language or by its fallback; lesson and questions are always in the same one.</summary>
    internal static ModuleView Show(Module module, string wanted, string @default, ProgrammeSettings programme)
    {
        var shown = programme.ShownIn(wanted, @default, [.. module.Texts.Select(t => t.Language).Where(module.IsCompleteIn)]);
        var text = module.Texts.FirstOrDefault(t => t.Language == shown);
        return new(module.Slug, module.Minutes, text?.Title ?? module.Slug, LessonMarkdown.ToHtml(text?.Body ?? ""), shown, Language.Direction(shown),
            Words.Notice(wanted, shown), module.Quiz?.PassMark, module.Quiz?.AskedIn(shown) ?? []);
    }
}
