using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>The workers of a facility that opens are asked before they are trained.</summary>
public sealed class PlanBaselineWhenFacilityOpened(EvaluationDb db, CohortWaves cohorts) : IConsumer<FacilityOpened>
{
    public async Task Consume(ConsumeContext<FacilityOpened> context)
    {
        var (opened, cancel) = (context.Message, context.CancellationToken);
        // A facility opens once: its number says so.
        var known = await db.CohortFacilities.FromSql($"""
            insert into cohort_facilities (facility_id, opened_at) values ({opened.FacilityId}, {opened.At.ToUniversalTime()})
            on conflict (facility_id) do update set opened_at = coalesce(cohort_facilities.opened_at, excluded.opened_at)
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        await cohorts.PlanAsync(known.Single(), cancel);
    }
}
