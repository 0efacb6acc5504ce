using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

/// <summary>From then on the volunteer's phone opens and sends nothing. Who comes back gets new collectors.</summary>
public sealed class EndCollectorsWhenVolunteerLeft(EvaluationDb db) : IConsumer<VolunteerDeactivated>, IConsumer<VolunteerErased>
{
    public Task Consume(ConsumeContext<VolunteerDeactivated> context) =>
        RevokeAsync(context.Message.VolunteerId, nameof(VolunteerDeactivated), context.Message.At, context.CancellationToken);

    public async Task Consume(ConsumeContext<VolunteerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        // The stored answers to its requests are its own as well.
        await db.Database.ExecuteSqlAsync($"delete from idempotency_keys where caller = (select account from volunteers where id = {erased.VolunteerId})", cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into volunteers (id, erased_at) values ({erased.VolunteerId}, {erased.At})
            on conflict (id) do update set number = null, account = null, erased_at = excluded.erased_at
            """, cancel);
        await RevokeAsync(erased.VolunteerId, nameof(VolunteerErased), erased.At, cancel);
    }

    private Task<int> RevokeAsync(Guid volunteer, string why, DateTimeOffset at, CancellationToken cancel) =>
        db.Collectors.Where(c => c.VolunteerId == volunteer && c.RevokedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.RevokedBy, why).SetProperty(x => x.RevokedAt, at), cancel);
}
