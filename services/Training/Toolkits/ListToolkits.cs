using System.Security.Claims;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Toolkits;

public sealed record ToolkitFilter(string? Topic = null, Audience? Audience = null, string? Code = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ListToolkits
{
    /// <summary>By code.</summary>
    public static Task<Page<ToolkitView>> Handle([AsParameters] ToolkitFilter filter, TrainingDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var toolkits = db.Toolkits.AsNoTracking();
        if (filter.Topic is { } topic) toolkits = toolkits.Where(t => t.Topic == topic);
        if (filter.Audience is { } audience) toolkits = toolkits.Where(t => t.Audience == audience);
        if (filter.Code is { } code) toolkits = toolkits.Where(t => t.Code == code);
        return toolkits.PageAsync(t => t.Code, filter, ToolkitView.Over(db.ToolkitVersions.SeenBy(user)), cancel: cancel);
    }
}
