using BetterConnections.Evaluation.Waves;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Sampling;

public static class ReadSamples
{
    /// <summary>All of a wave, in the order they were drawn.</summary>
    public static async Task<Page<SampleView>> List(string code, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var wave = await db.Waves.AsNoTracking().CodedAsync(code, cancel);
        return await db.Samples.AsNoTracking().Where(s => s.WaveId == wave.Id).PageAsync(s => s.Number, page, SampleView.Of(db), cancel: cancel);
    }

    /// <summary>The frame, facility by facility, with what was drawn of it; empty for a panel.</summary>
    public static async Task<Page<ClusterView>> Clusters(string code, int number, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var sample = await SampleAsync(db, code, number, cancel);
        var rows = from c in db.SampleClusters where c.SampleId == sample join f in db.Facilities on c.FacilityId equals f.Id select new { c, Code = f.Code! };
        return await rows.PageAsync(r => r.Code, page, r => new ClusterView(r.Code, r.c.Stratum, r.c.Size, r.c.Probability, r.c.Members), cancel: cancel);
    }

    public static async Task<Page<MemberView>> Members(string code, int number, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var sample = await SampleAsync(db, code, number, cancel);
        var rows = from m in db.SampleMembers where m.SampleId == sample join f in db.Facilities on m.FacilityId equals f.Id select new { m, Code = f.Code! };
        return await rows.PageAsync(r => r.m.Respondent, page, r => new MemberView(r.m.Respondent, r.Code, r.m.Stratum, r.m.Probability, 1 / r.m.Probability), cancel: cancel);
    }

    private static async Task<Guid> SampleAsync(EvaluationDb db, string code, int number, CancellationToken cancel)
    {
        var wave = await db.Waves.AsNoTracking().CodedAsync(code, cancel);
        return await db.Samples.Where(s => s.WaveId == wave.Id && s.Number == number).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("sample_unknown", $"{code} has no sample {number}.");
    }
}
