using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>
/// When workers of a facility complete courses, its endline is due, and half a year later its follow-up. One event for each worker, so
/// only a day that moves a window costs more than a look.
/// </summary>
public sealed class PlanEndlineWhenCourseCompleted(EvaluationDb db, CohortWaves cohorts, WaveSettings settings) : IConsumer<CourseCompleted>
{
    public async Task Consume(ConsumeContext<CourseCompleted> context)
    {
        var (completed, cancel) = (context.Message, context.CancellationToken);
        if (completed is not { Audience: "workers", FacilityId: { } facility }) return;
        var day = settings.DayOf(completed.At);
        var moved = await db.CohortFacilities.FromSql($"""
            insert into cohort_facilities (facility_id, first_completed_on, last_completed_on) values ({facility}, {day}, {day})
            on conflict (facility_id) do update set first_completed_on = least(cohort_facilities.first_completed_on, excluded.first_completed_on),
                last_completed_on = greatest(cohort_facilities.last_completed_on, excluded.last_completed_on)
            where cohort_facilities.first_completed_on is null or {day} < cohort_facilities.first_completed_on or {day} > cohort_facilities.last_completed_on
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        if (moved is [var known]) await cohorts.PlanAsync(known, cancel);
    }
}
