using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

public static class ReadInstruments
{
    /// <summary>The latest version of every instrument.</summary>
    public static Task<Page<InstrumentVersionSummary>> List([AsParameters] Paging page, EvaluationDb db, CancellationToken cancel) =>
        db.InstrumentVersions.Where(v => db.Instruments.Any(i => i.Code == v.InstrumentCode && i.LatestNumber == v.Number))
            .PageAsync(v => v.InstrumentCode, page, InstrumentVersionSummary.Of, cancel: cancel);

    /// <summary>All versions of one, the latest first.</summary>
    public static async Task<Page<InstrumentVersionSummary>> Versions(string code, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        await db.Instruments.AsNoTracking().CodedAsync(code, cancel);
        return await db.InstrumentVersions.Where(v => v.InstrumentCode == code)
            .PageAsync(v => v.Number, page, InstrumentVersionSummary.Of, descending: true, cancel);
    }

    public static async Task<InstrumentVersionView> One(string code, int number, EvaluationDb db, HttpResponse response, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.AsNoTracking().NumberedAsync(code, number, cancel);
        response.SetETag(version.Version);
        return InstrumentVersionView.From(version);
    }

    /// <summary>What would keep it from being published; empty where nothing does.</summary>
    public static async Task<IReadOnlyList<Problem>> Problems(string code, int number, EvaluationDb db, CancellationToken cancel) =>
        Linter.Check((await db.InstrumentVersions.AsNoTracking().NumberedAsync(code, number, cancel)).Definition, await db.StandardForAsync(code, number, cancel));

    /// <summary>What version <paramref name="number"/>, which need not exist yet, is held against.</summary>
    internal static async Task<Standard> StandardForAsync(this EvaluationDb db, string code, int number, CancellationToken cancel) => new(
        await db.InstrumentVersions.AsNoTracking().Where(v => v.InstrumentCode == code && v.Number < number && v.State != InstrumentState.Draft)
            .OrderByDescending(v => v.Number).Select(v => v.Definition).FirstOrDefaultAsync(cancel),
        await db.IndicatorsAsync(cancel),
        await db.InstrumentFiles.Where(f => f.InstrumentCode == code).Select(f => f.Name).ToListAsync(cancel));
}
