using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

/// <summary>The card is all that leads from what was learned to a person. The id stays, and with it the counts; it also keeps out what comes late.</summary>
public sealed class ForgetCardWhenWorkerErased(TrainingDb db) : IConsumer<WorkerErased>
{
    public async Task Consume(ConsumeContext<WorkerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, languages, erased_at) values ({erased.WorkerId}, {nameof(LearnerKind.Worker)}, array[]::text[], {erased.At})
            on conflict (id) do update set code = null, facility_id = null, languages = excluded.languages, champion_since = null, erased_at = excluded.erased_at
            """, cancel);
        await db.ForgetCardAsync(erased.WorkerId, erased.Code, cancel);
    }
}
