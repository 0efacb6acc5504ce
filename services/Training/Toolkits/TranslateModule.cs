using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;

namespace BetterConnections.Training.Toolkits;

/// <param name="Questions">One for each of the quiz's questions, with its choices, all in the same order.</param>
public sealed record Translation(
    [Required, StringLength(200, MinimumLength = 1)] string Title,
    [Required, StringLength(20_000, MinimumLength = 1)] string Body,
    [Required] IReadOnlyList<QuestionWords> Questions);

public static class TranslateModule
{
    /// <summary>Lesson and questions of a draft's module in one language, which is all that a translator has in hand. Needs <c>If-Match</c>.</summary>
    public static Task<ModuleSource> Handle(Guid id, int number, string slug, string language, Translation request, TrainingDb db, ProgrammeSettings programme,
        TimeProvider clock, HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var module = await db.DraftModuleAsync(id, number, slug, http.Request, cancel);
        module.Translate(language, new(request.Title, request.Body), request.Questions, programme, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(module.RowVersion);
        return ModuleSource.From(module);
    }, cancel);
}
