using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public static class ChangeModule
{
    /// <summary>Replaces the whole of a draft's module. Needs <c>If-Match</c> with the ETag of its source.</summary>
    public static Task<ModuleSource> Handle(Guid id, int number, string slug, ModuleSource request, TrainingDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        var module = await db.DraftModuleAsync(id, number, slug, http.Request, cancel);
        request.WriteTo(module, programme, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        http.Response.SetETag(module.RowVersion);
        return ModuleSource.From(module);
    }, cancel);

    /// <summary>A module of a draft, of which the caller has seen the latest state.</summary>
    internal static async Task<Module> DraftModuleAsync(this TrainingDb db, Guid toolkitId, int number, string slug, HttpRequest request, CancellationToken cancel)
    {
        var version = await db.LockDraftAsync(toolkitId, number, cancel);
        var module = await db.Modules.Include(m => m.Texts).SingleOrDefaultAsync(m => m.VersionId == version.Id && m.Slug == slug, cancel)
            ?? throw VersionAccess.ModuleUnknown(slug);
        request.RequireMatch(module.RowVersion);
        return module;
    }
}
