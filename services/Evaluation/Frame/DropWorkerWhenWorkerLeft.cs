using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

/// <summary>Nobody is sent to who has left. The languages stay for the results of interviews held before; who joins again is asked again.</summary>
public sealed class DropWorkerWhenWorkerLeft(EvaluationDb db) : IConsumer<WorkerLeft>
{
    public Task Consume(ConsumeContext<WorkerLeft> context) => db.Database.ExecuteSqlAsync($"""
        insert into workers (id, languages, left_at) values ({context.Message.WorkerId}, array[]::text[], {context.Message.At})
        on conflict (id) do update set left_at = greatest(workers.left_at, excluded.left_at) where workers.erased_at is null
        """, context.CancellationToken);
}
