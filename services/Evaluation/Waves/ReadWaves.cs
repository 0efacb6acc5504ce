using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

public static class ReadWaves
{
    /// <summary>In the order of their codes.</summary>
    public static Task<Page<WaveView>> List([AsParameters] Paging page, EvaluationDb db, CancellationToken cancel, WaveState? state = null, WaveKind? kind = null) =>
        db.Waves.AsNoTracking().Where(w => (state == null || w.State == state) && (kind == null || w.Kind == kind))
            .PageAsync(w => w.Code, page, WaveView.Of(db), cancel: cancel);

    public static async Task<WaveView> One(string code, EvaluationDb db, HttpResponse response, CancellationToken cancel)
    {
        response.SetETag((await db.Waves.AsNoTracking().CodedAsync(code, cancel)).Version);
        return await db.WaveViewAsync(code, cancel);
    }

    public static Task<WaveView> WaveViewAsync(this EvaluationDb db, string code, CancellationToken cancel) =>
        db.Waves.AsNoTracking().Where(w => w.Code == code).Select(WaveView.Of(db)).SingleAsync(cancel);
}
