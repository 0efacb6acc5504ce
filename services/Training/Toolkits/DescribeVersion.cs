using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <param name="CompleteLanguages">Publishing refuses until every text exists in them.</param>
/// <param name="Texts">By language; one that is left out is removed.</param>
public sealed record VersionDescription([Required] IReadOnlyList<string> CompleteLanguages, [Required] IReadOnlyDictionary<string, TitleAndSummary> Texts);

public static class DescribeVersion
{
    /// <summary>Title, summary and declared languages of a draft. Needs <c>If-Match</c>.</summary>
    public static Task<VersionSummary> Handle(Guid id, int number, VersionDescription request, TrainingDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var version = await db.LockDraftAsync(id, number, cancel);
        http.Request.RequireMatch(version.RowVersion);
        if (request.Texts.Values.Any(t => string.IsNullOrWhiteSpace(t.Title))) throw new BadInput("title_missing", "A text without a title tells nobody anything.");
        await db.Entry(version).Collection(v => v.Texts).LoadAsync(cancel);
        version.Describe(request.CompleteLanguages, request.Texts, programme, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(version.RowVersion);
        return VersionSummary.From(version);
    }, cancel);
}
