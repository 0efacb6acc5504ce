using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

/// <summary>One statement for the event's up to 500 workers; who is known already moves to where it joined last.</summary>
public sealed class AddWorkersWhenWorkersJoined(EvaluationDb db, Pseudonyms pseudonyms) : IConsumer<WorkersJoined>
{
    public async Task Consume(ConsumeContext<WorkersJoined> context)
    {
        var (joined, cancel) = (context.Message, context.CancellationToken);
        // In one order everywhere, so that two events with the same workers cannot lock each other out.
        var workers = joined.Workers.DistinctBy(w => w.WorkerId).OrderBy(w => w.WorkerId).ToList();
        var names = new List<string>(workers.Count);
        foreach (var worker in workers) names.Add(await pseudonyms.OfAsync(worker.Code, cancel));

        var (ids, cards, languages) = (workers.Select(w => w.WorkerId).ToArray(), workers.Select(w => Pseudonyms.Normalise(w.Code)).ToArray(),
            workers.Select(w => string.Join(' ', w.Languages)).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            insert into workers (id, pseudonym, card, facility_id, languages, joined_at)
            select id, pseudonym, card, {joined.FacilityId}, coalesce(string_to_array(nullif(languages, ''), ' '), array[]::text[]), {joined.At}
            from unnest({ids}, {names.ToArray()}, {cards}, {languages}) as joined (id, pseudonym, card, languages)
            on conflict (id) do update set facility_id = excluded.facility_id, languages = excluded.languages, joined_at = excluded.joined_at
            where excluded.joined_at > workers.joined_at
            """, cancel);
    }
}
