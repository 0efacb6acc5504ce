using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

/// <summary>Which versions are whose to see; what is not the caller's to see answers 404.</summary>
public static class VersionAccess
{
    /// <summary>Drafts are for those who write and oversee them.</summary>
    public static IQueryable<ToolkitVersion> SeenBy(this IQueryable<ToolkitVersion> versions, ClaimsPrincipal user) =>
        user.IsInRole(Roles.TrainingPartner) || user.IsInRole(Roles.ProgrammeOffice) || user.HasScope("training.write")
            ? versions : versions.Where(v => v.State != VersionState.Draft);

    public static async Task<Toolkit> OneAsync(this IQueryable<Toolkit> toolkits, Guid id, CancellationToken cancel) =>
        await toolkits.SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw new NotThere("toolkit_unknown", "There is no such toolkit.");

    /// <summary>With its toolkit and what it is called.</summary>
    public static async Task<ToolkitVersion> OneAsync(this IQueryable<ToolkitVersion> versions, Guid toolkitId, int number, CancellationToken cancel) =>
        await versions.Include(v => v.Toolkit).Include(v => v.Texts).SingleOrDefaultAsync(v => v.ToolkitId == toolkitId && v.Number == number, cancel)
        ?? throw Unknown();

    /// <summary>With every lesson in every language.</summary>
    public static IQueryable<ToolkitVersion> WithModules(this IQueryable<ToolkitVersion> versions) =>
        versions.Include(v => v.Modules).ThenInclude(m => m.Texts).AsSplitQuery();

    /// <summary>A draft that stays one until the transaction ends: whoever publishes it waits. Take it before reading what is in it.</summary>
    public static async Task<ToolkitVersion> LockDraftAsync(this TrainingDb db, Guid toolkitId, int number, CancellationToken cancel)
    {
        var version = await db.LockVersionAsync(toolkitId, number, cancel);
        version.RequireDraft();
        return version;
    }

    public static async Task<ToolkitVersion> LockVersionAsync(this TrainingDb db, Guid toolkitId, int number, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions
            .FromSql($"select *, xmin from toolkit_versions where toolkit_id = {toolkitId} and number = {number} for update").SingleOrDefaultAsync(cancel)
            ?? throw Unknown();
        await db.Entry(version).Reference(v => v.Toolkit).LoadAsync(cancel);
        return version;
    }

    public static NotThere ModuleUnknown(string slug) => new("module_unknown", $"This version has no module '{slug}'.");

    private static NotThere Unknown() => new("version_unknown", "There is no such version of this toolkit.");
}
