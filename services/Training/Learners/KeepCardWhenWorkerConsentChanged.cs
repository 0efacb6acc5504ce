using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

/// <summary>
/// What was learned is kept under the card only while the worker consents to that: who takes it back is counted, by id, and the card is unknown
/// until the consent is given again. Certificates and statements from before do not get the card back.
/// </summary>
public sealed class KeepCardWhenWorkerConsentChanged(TrainingDb db) : IConsumer<WorkerConsentChanged>
{
    public async Task Consume(ConsumeContext<WorkerConsentChanged> context)
    {
        var (changed, cancel) = (context.Message, context.CancellationToken);
        if (changed.Purpose != ConsentPurposes.Training) return;
        DateTimeOffset? given = changed.Given ? changed.At : null, takenBack = changed.Given ? null : changed.At;
        var code = changed.Given ? changed.Code : null;
        await db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, languages, declined_at, consented_at) values ({changed.WorkerId}, {nameof(LearnerKind.Worker)}, array[]::text[], {takenBack}, {given})
            on conflict (id) do update set declined_at = greatest(learners.declined_at, excluded.declined_at), consented_at = greatest(learners.consented_at, excluded.consented_at)
            """, cancel);
        // Unless news of later came before.
        var stands = await db.Database.ExecuteSqlAsync($"""
            update learners set code = {code}
            where id = {changed.WorkerId} and erased_at is null and coalesce(declined_at < consented_at, declined_at is null) = {changed.Given}
            """, cancel);
        if (stands > 0 && !changed.Given) await db.ForgetCardAsync(changed.WorkerId, changed.Code, cancel);
    }
}
