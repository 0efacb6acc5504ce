using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

/// <summary>One statement for the up to 500 workers of a message. A worker who moves joins again: the later joining counts. The card is kept only with consent.</summary>
[Repeatable]
public sealed class JoinLearnersWhenWorkersJoined(TrainingDb db) : IConsumer<WorkersJoined>
{
    public Task Consume(ConsumeContext<WorkersJoined> context)
    {
        var joined = context.Message;
        var workers = JsonSerializer.Serialize(joined.Workers);
        return db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, code, facility_id, languages, joined_at)
            select w."WorkerId", {nameof(LearnerKind.Worker)}, w."Code", {joined.FacilityId}, array(select jsonb_array_elements_text(w."Languages")), {joined.At}
            from jsonb_to_recordset({workers}::jsonb) as w("WorkerId" uuid, "Code" text, "Languages" jsonb)
            order by w."WorkerId"
            on conflict (id) do update
                set code = case when coalesce(learners.declined_at < learners.consented_at, learners.declined_at is null) then excluded.code end, facility_id = excluded.facility_id, languages = excluded.languages, joined_at = excluded.joined_at
                where learners.erased_at is null and (learners.joined_at is null or learners.joined_at < excluded.joined_at)
            """, context.CancellationToken);
    }
}
