using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <param name="Text">Prose or JSON, as the evaluators write it: headline tests, family, exclusions.</param>
public sealed record AnalysisPlanText([Required, StringLength(200_000, MinimumLength = 20)] string Text);

public static class SaveAnalysisPlan
{
    /// <exception cref="RuleBroken">analysis_plan_closed</exception>
    public static Task<AnalysisPlanView> Handle(string code, AnalysisPlanText request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var wave = await db.LockWaveAsync(code, cancel); // a wave that closes meanwhile waits for this plan, and one plan for the other
            var now = clock.GetUtcNow();
            wave.RequirePlanOpen(now);
            var plan = new AnalysisPlan
            {
                WaveId = wave.Id,
                Number = 1 + await db.AnalysisPlans.CountAsync(p => p.WaveId == wave.Id, cancel),
                Text = request.Text,
                Sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(request.Text)),
                SavedBy = user.Subject(),
                SavedAt = now,
            };
            db.Add(plan);
            await db.SaveChangesAsync(cancel);
            return AnalysisPlanView.From(plan);
        }, cancel);

    /// <summary>All that were saved, the latest first.</summary>
    public static async Task<Page<AnalysisPlanView>> List(string code, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var wave = await db.Waves.AsNoTracking().CodedAsync(code, cancel);
        return await db.AnalysisPlans.Where(p => p.WaveId == wave.Id)
            .PageAsync(p => p.Number, page, p => AnalysisPlanView.From(p), descending: true, cancel);
    }
}
