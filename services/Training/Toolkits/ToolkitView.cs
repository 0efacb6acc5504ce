using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;

namespace BetterConnections.Training.Toolkits;

/// <param name="Versions">Oldest first; drafts only for those who may see them.</param>
public sealed record ToolkitView(Guid Id, string Code, string Topic, Audience Audience, string DefaultLanguage, IReadOnlyList<VersionSummary> Versions)
{
    /// <summary>A projection over the versions that the caller may see.</summary>
    public static Expression<Func<Toolkit, ToolkitView>> Over(IQueryable<ToolkitVersion> seen) => t => new ToolkitView(t.Id, t.Code, t.Topic, t.Audience, t.DefaultLanguage,
        seen.Where(v => v.ToolkitId == t.Id).OrderBy(v => v.Number)
            .Select(v => new VersionSummary(v.Number, v.State, v.Texts.Where(x => x.Language == t.DefaultLanguage).Select(x => x.Title).FirstOrDefault(),
                v.CompleteLanguages, v.PublishedAt)).ToList());
}

/// <param name="Title">In the toolkit's default language; null in a draft that has none yet.</param>
/// <param name="Languages">Declared to be complete, and checked when it was published.</param>
public sealed record VersionSummary(int Number, VersionState State, string? Title, IReadOnlyList<string> Languages, DateTimeOffset? PublishedAt)
{
    public static VersionSummary From(ToolkitVersion version) => new(version.Number, version.State,
        version.Texts.FirstOrDefault(t => t.Language == version.Toolkit.DefaultLanguage)?.Title, version.CompleteLanguages, version.PublishedAt);
}

public sealed record TitleAndSummary([Required, StringLength(200, MinimumLength = 1)] string Title, [Required, StringLength(1000)] string Summary);

public sealed record LessonWords([Required, StringLength(200, MinimumLength = 1)] string Title, [Required, StringLength(20_000, MinimumLength = 1)] string Body);
