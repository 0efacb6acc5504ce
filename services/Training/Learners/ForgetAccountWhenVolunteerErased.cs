using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

/// <summary>The account and the number are all that is kept of a volunteer's person. The id stays, and with it the counts; it also keeps out what comes late.</summary>
public sealed class ForgetAccountWhenVolunteerErased(TrainingDb db) : IConsumer<VolunteerErased>
{
    public async Task Consume(ConsumeContext<VolunteerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        // The stored answers to its requests are its own as well.
        await db.Database.ExecuteSqlAsync($"delete from idempotency_keys where caller = (select account from learners where id = {erased.VolunteerId})", cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, languages, erased_at) values ({erased.VolunteerId}, {nameof(LearnerKind.Volunteer)}, array[]::text[], {erased.At})
            on conflict (id) do update set code = null, account = null, languages = excluded.languages, erased_at = excluded.erased_at
            """, cancel);
        await db.CalendarFeeds.Where(f => f.TrainerId == erased.VolunteerId).ExecuteDeleteAsync(cancel);
    }
}
