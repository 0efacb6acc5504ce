using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <param name="CompleteLanguages">Publishing refuses until every text exists in them.</param>
/// <param name="Texts">By language; one that is left out is removed.</param>
public sealed record VersionDescription([Required] IReadOnlyList<string> CompleteLanguages, [Required] IReadOnlyDictionary<string, TitleAndSummary> Texts)
{
    public static VersionDescription From(ToolkitVersion version) => new(version.CompleteLanguages,
        version.Texts.OrderBy(t => t.Language, StringComparer.Ordinal).ToDictionary(t => t.Language, t => new TitleAndSummary(t.Title, t.Summary)));
}

public static class DescribeVersion
{
    /// <summary>Title, summary and declared languages of a draft. Needs <c>If-Match</c>.</summary>
    public static Task<VersionSummary> Handle(Guid id, int number, VersionDescription request, TrainingDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var version = await db.LockDraftAsync(id, number, cancel);
        http.Request.RequireMatch(version.RowVersion);
        // The generated validation does not look into dictionaries.
        foreach (var (language, text) in request.Texts)
            if (string.IsNullOrWhiteSpace(text.Title) || text.Title.Length > 200 || text.Summary is not { Length: <= 1000 })
                throw new BadInput("description_not_valid", $"The text in '{language}' needs a title of at most 200 characters and a summary of at most 1,000.");
        await db.Entry(version).Collection(v => v.Texts).LoadAsync(cancel);
        version.Describe(request.CompleteLanguages, request.Texts, programme, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(version.RowVersion);
        return VersionSummary.From(version);
    }, cancel);
}
