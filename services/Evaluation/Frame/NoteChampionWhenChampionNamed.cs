using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

public sealed class NoteChampionWhenChampionNamed(EvaluationDb db) : IConsumer<ChampionNamed>
{
    public Task Consume(ConsumeContext<ChampionNamed> context) => db.Database.ExecuteSqlAsync($"""
        insert into champions (worker_id, facility_id, named_at)
        values ({context.Message.WorkerId}, {context.Message.FacilityId}, {context.Message.At})
        on conflict (worker_id) do update set facility_id = excluded.facility_id, named_at = excluded.named_at where excluded.named_at > champions.named_at
        """, context.CancellationToken);
}
