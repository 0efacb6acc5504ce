using BetterConnections.Contracts;
using BetterConnections.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

/// <summary>
/// The event's up to 500 workers at once; who is known already moves to where it joined last. A card belongs to the worker who got it
/// last: who had it before is not there to be asked until Enrollment tells of its new one. Who was erased does not come back.
/// </summary>
[Repeatable]
public sealed class AddWorkersWhenWorkersJoined(EvaluationDb db, Pseudonyms pseudonyms) : IConsumer<WorkersJoined>
{
    public async Task Consume(ConsumeContext<WorkersJoined> context)
    {
        var (joined, cancel) = (context.Message, context.CancellationToken);
        // In one order everywhere, so that two events with the same workers cannot lock each other out.
        var workers = joined.Workers.DistinctBy(w => w.WorkerId).DistinctBy(w => Pseudonyms.Normalise(w.Code)).OrderBy(w => w.WorkerId).ToList();
        var names = new List<string>(workers.Count);
        foreach (var worker in workers) names.Add(await pseudonyms.OfAsync(worker.Code, cancel));

        var (ids, cards, languages) = (workers.Select(w => w.WorkerId).ToArray(), workers.Select(w => Pseudonyms.Normalise(w.Code)).ToArray(),
            workers.Select(w => string.Join(' ', w.Languages)).ToArray());
        // A statement before the other: within one, the card would still be taken.
        await db.Database.ExecuteSqlAsync($"""
            update workers set pseudonym = null, card = null
            from unnest({ids}, {names.ToArray()}) as joined (id, pseudonym)
            where workers.pseudonym = joined.pseudonym and workers.id <> joined.id and workers.joined_at <= {joined.At}
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into workers (id, pseudonym, card, facility_id, languages, joined_at)
            select id, pseudonym, card, {joined.FacilityId}, coalesce(string_to_array(nullif(languages, ''), ' '), array[]::text[]), {joined.At}
            from unnest({ids}, {names.ToArray()}, {cards}, {languages}) as joined (id, pseudonym, card, languages)
            where not exists (select from workers other where other.pseudonym = joined.pseudonym and other.id <> joined.id)
            on conflict (id) do update set pseudonym = excluded.pseudonym, card = excluded.card, facility_id = excluded.facility_id, languages = excluded.languages,
                joined_at = excluded.joined_at
            where workers.erased_at is null and (workers.joined_at is null or excluded.joined_at > workers.joined_at)
            """, cancel);
    }
}
