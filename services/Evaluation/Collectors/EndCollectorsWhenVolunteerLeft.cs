using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

/// <summary>
/// From then on the volunteer's phone opens and sends nothing, and it is given no other collector until it is back. Each event writes the volunteer's
/// row first, which whoever issues a collector meanwhile has locked: so none is overlooked.
/// </summary>
public sealed class EndCollectorsWhenVolunteerLeft(EvaluationDb db) : IConsumer<VolunteerDeactivated>, IConsumer<VolunteerReactivated>, IConsumer<VolunteerErased>
{
    public async Task Consume(ConsumeContext<VolunteerDeactivated> context)
    {
        var (left, cancel) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into volunteers (id, left_at) values ({left.VolunteerId}, {left.At})
            on conflict (id) do update set left_at = greatest(volunteers.left_at, excluded.left_at)
            """, cancel);
        // Where this comes late, the volunteer may be back and have others since.
        await db.Database.ExecuteSqlAsync($"""
            update collectors c set revoked_by = {nameof(VolunteerDeactivated)}, revoked_at = {left.At}, version = c.version + 1 from volunteers v
            where v.id = {left.VolunteerId} and c.volunteer_id = v.id and c.revoked_at is null
                and (v.back_at > {left.At} and c.issued_at >= v.back_at) is not true
            """, cancel);
    }

    public Task Consume(ConsumeContext<VolunteerReactivated> context) => db.Database.ExecuteSqlAsync($"""
        insert into volunteers (id, back_at) values ({context.Message.VolunteerId}, {context.Message.At})
        on conflict (id) do update set back_at = greatest(volunteers.back_at, excluded.back_at)
        """, context.CancellationToken);

    public async Task Consume(ConsumeContext<VolunteerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        // The stored answers to its requests are its own as well, and those to others' may name it.
        await db.Database.ExecuteSqlAsync($"""
            delete from idempotency_keys k using volunteers v
            where v.id = {erased.VolunteerId} and (k.caller = v.account or position(convert_to(v.number, 'UTF8') in k.body) > 0)
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into volunteers (id, erased_at) values ({erased.VolunteerId}, {erased.At})
            on conflict (id) do update set number = null, account = null, erased_at = excluded.erased_at
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            update collectors set revoked_by = {nameof(VolunteerErased)}, revoked_at = {erased.At}, version = version + 1
            where volunteer_id = {erased.VolunteerId} and revoked_at is null
            """, cancel);
    }
}
