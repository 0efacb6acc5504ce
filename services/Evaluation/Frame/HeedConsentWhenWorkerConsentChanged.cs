using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

/// <summary>
/// Who takes back the consent to evaluation is asked no more, until it is given again. Interviews held before rest on the consent that each
/// asked for by itself: an evaluator deletes them where the worker wants that too.
/// </summary>
public sealed class HeedConsentWhenWorkerConsentChanged(EvaluationDb db) : IConsumer<WorkerConsentChanged>
{
    public async Task Consume(ConsumeContext<WorkerConsentChanged> context)
    {
        var changed = context.Message;
        if (changed.Purpose != ConsentPurposes.Evaluation) return;
        DateTimeOffset? given = changed.Given ? changed.At : null, takenBack = changed.Given ? null : changed.At;
        await db.Database.ExecuteSqlAsync($"""
            insert into workers (id, languages, declined_at, consented_at) values ({changed.WorkerId}, array[]::text[], {takenBack}, {given})
            on conflict (id) do update set declined_at = greatest(workers.declined_at, excluded.declined_at), consented_at = greatest(workers.consented_at, excluded.consented_at)
            where workers.erased_at is null
            """, context.CancellationToken);
    }
}
