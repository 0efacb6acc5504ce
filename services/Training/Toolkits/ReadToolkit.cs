using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public static class ReadToolkit
{
    public static async Task<ToolkitView> Handle(Guid id, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel) =>
        await db.Toolkits.AsNoTracking().Where(t => t.Id == id).Select(ToolkitView.Over(db.ToolkitVersions.SeenBy(user))).SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("toolkit_unknown", "There is no such toolkit.");
}
