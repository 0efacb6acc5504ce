using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Collectors;

public sealed class KnowVolunteerWhenVolunteerScreened(EvaluationDb db) : IConsumer<VolunteerScreened>
{
    public Task Consume(ConsumeContext<VolunteerScreened> context) => db.Database.ExecuteSqlAsync($"""
        insert into volunteers (id, number, account) values ({context.Message.VolunteerId}, {context.Message.Number}, {context.Message.Account})
        on conflict (id) do update set number = excluded.number, account = excluded.account where volunteers.erased_at is null
        """, context.CancellationToken);
}
