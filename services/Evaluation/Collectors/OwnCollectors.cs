using System.Security.Claims;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.OpenRosaServer;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

/// <param name="Facilities">Codes.</param>
public sealed record OwnCollectorView(Guid Id, string Label, IReadOnlyList<OwnForm> Forms, IReadOnlyList<string> Facilities, DateTimeOffset ValidUntil);

/// <param name="Languages">ISO 639-1 codes; the first is the default.</param>
public sealed record OwnForm(string Id, string Title, IReadOnlyList<string> Languages);

/// <param name="WebUrl">The questionnaires in a browser. Whoever has it has the permission.</param>
public sealed record CollectorAddress(string WebUrl);

/// <summary>The questionnaires that a volunteer finds in the portal.</summary>
public static class OwnCollectors
{
    /// <summary>Those that are valid, with the forms that are published.</summary>
    public static async Task<IReadOnlyList<OwnCollectorView>> List(EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var collectors = await db.CollectorsOf(user, clock.GetUtcNow()).AsNoTracking().OrderBy(c => c.ValidUntil).ThenBy(c => c.Id).ToListAsync(cancel);
        var wanted = collectors.SelectMany(c => c.Forms).Distinct().ToArray();
        var published = await db.InstrumentVersions.Where(v => v.State == InstrumentState.Published && wanted.Contains(v.FormId))
            .OrderBy(v => v.FormId).ThenByDescending(v => v.Number).Select(v => new OwnForm(v.FormId, v.Title, v.Languages)).ToListAsync(cancel);
        var latest = published.DistinctBy(f => f.Id).ToList();
        return [.. collectors.Select(c => new OwnCollectorView(c.Id, c.Label, [.. latest.Where(f => c.Forms.Contains(f.Id))], c.Facilities, c.ValidUntil))];
    }

    /// <summary>A new address for the phone in hand. The one before it ends: a collector is on one phone at a time.</summary>
    public static async Task<CollectorAddress> Address(Guid id, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var collector = await db.CollectorsOf(user, clock.GetUtcNow()).SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw ReadCollector.Unknown();
        var token = Secret.Create();
        collector.Move(token);
        await db.SaveChangesAsync(cancel);
        http.Response.Headers.CacheControl = "no-store";
        return new($"{ServerAddress.Of(http.Request, token)}/web");
    }

    private static IQueryable<Collector> CollectorsOf(this EvaluationDb db, ClaimsPrincipal user, DateTimeOffset now)
    {
        var account = user.Subject();
        return db.Collectors.Where(c => c.Volunteer!.Account == account && (c.Volunteer.LeftAt == null || c.Volunteer.BackAt > c.Volunteer.LeftAt) && c.RevokedAt == null && c.ValidUntil > now);
    }
}
