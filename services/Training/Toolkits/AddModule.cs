using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <param name="Slug">Unique in the version (else 409 <c>module_already_there</c>); keep it from version to version.</param>
public sealed record NewModule([Required, RegularExpression("[a-z0-9]+(-[a-z0-9]+)*"), StringLength(60)] string Slug, [Required] ModuleSource Content);

public static class AddModule
{
    /// <summary>To a draft (else 409 <c>version_not_draft</c>).</summary>
    public static Task<Created<ModuleSource>> Handle(Guid id, int number, NewModule request, TrainingDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpResponse response, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var version = await db.LockDraftAsync(id, number, cancel);
        await db.Entry(version).Collection(v => v.Modules).LoadAsync(cancel);
        var at = clock.GetUtcNow();
        var module = version.AddModule(request.Slug, at);
        request.Content.WriteTo(module, programme, at);
        await db.SaveChangesAsync(cancel);
        response.SetETag(module.RowVersion);
        return TypedResults.Created($"/api/training/toolkits/{id}/versions/{number}/modules/{module.Slug}", ModuleSource.From(module));
    }, cancel);
}
