using System.Linq.Expressions;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Refreshers;

/// <param name="Workers">How many workers it is for.</param>
public sealed record RefresherView(Guid Id, Guid WaveId, Guid FacilityId, string? FacilityCode, string Topic, int Workers, DateTimeOffset AskedAt, RefresherState State,
    Guid? SessionId, DateTimeOffset? DecidedAt, string? Why)
{
    public static Expression<Func<RefresherProposal, RefresherView>> For(TrainingDb db) => p => new RefresherView(p.Id, p.WaveId, p.FacilityId,
        db.Facilities.Where(f => f.Id == p.FacilityId).Select(f => f.Code).FirstOrDefault(), p.Topic, p.Workers, p.AskedAt, p.State, p.SessionId, p.DecidedAt, p.Why);
}

public sealed record RefresherFilter(RefresherState? State = null, Guid? FacilityId = null, string? After = null, int Limit = 50) : Paging(After, Limit);

public static class ReadRefreshers
{
    public static async Task<Page<RefresherView>> List([AsParameters] RefresherFilter filter, TrainingDb db, CancellationToken cancel)
    {
        var proposals = db.RefresherProposals.AsNoTracking();
        if (filter.State is { } state) proposals = proposals.Where(p => p.State == state);
        if (filter.FacilityId is { } facility) proposals = proposals.Where(p => p.FacilityId == facility);
        return await proposals.PageAsync(p => p.Id, filter, RefresherView.For(db), cancel: cancel);
    }

    /// <summary>The proposal, locked until the transaction ends: it is decided once.</summary>
    internal static async Task<RefresherProposal> LockRefresherAsync(this TrainingDb db, Guid id, CancellationToken cancel) =>
        await db.RefresherProposals.FromSql($"select *, xmin from refresher_proposals where id = {id} for update").SingleOrDefaultAsync(cancel)
        ?? throw new NotThere("refresher_unknown", "There is no such proposal.");

    internal static Task<RefresherView> RefresherAsync(this TrainingDb db, Guid id, CancellationToken cancel) =>
        db.RefresherProposals.AsNoTracking().Where(p => p.Id == id).Select(RefresherView.For(db)).SingleAsync(cancel);
}
