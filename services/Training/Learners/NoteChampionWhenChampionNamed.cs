using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

public sealed class NoteChampionWhenChampionNamed(TrainingDb db) : IConsumer<ChampionNamed>
{
    public Task Consume(ConsumeContext<ChampionNamed> context)
    {
        var named = context.Message;
        // May come before the worker itself: the row is then filled by WorkersJoined.
        return db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, languages, champion_since) values ({named.WorkerId}, {nameof(LearnerKind.Worker)}, array[]::text[], {named.At})
            on conflict (id) do update set champion_since = least(learners.champion_since, excluded.champion_since) where learners.erased_at is null
            """, context.CancellationToken);
    }
}
