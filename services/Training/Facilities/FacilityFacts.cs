using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Facilities;

/// <summary>How consumers write down what they heard: one at a time for each facility, whichever of its messages comes first.</summary>
internal static class FacilityFacts
{
    /// <summary>The facility, locked until the transaction ends, so that no session is planned meanwhile; made when this is the first heard of it.</summary>
    public static async Task<Facility> LockFacilityAsync(this TrainingDb db, Guid id, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into facilities (id, languages, topics, state, working_computers) values ({id}, array[]::text[], array[]::text[], {nameof(FacilityState.NotYetOpen)}, 0)
            on conflict do nothing
            """, cancel);
        return await db.Facilities.FromSql($"select * from facilities where id = {id} for update").SingleAsync(cancel);
    }

    public static async Task CountComputersAsync(this TrainingDb db, Guid facilityId, IReadOnlyList<ComputerFact> heard, CancellationToken cancel)
    {
        var facility = await db.LockFacilityAsync(facilityId, cancel);
        var facts = await db.ComputerFacts.AsNoTracking().Where(f => f.FacilityId == facilityId).ToListAsync(cancel);
        // In whole microseconds, as the database keeps them: a key that is not found again would be added again.
        var added = heard.Select(f => f with { At = f.At.AddTicks(-(f.At.Ticks % TimeSpan.TicksPerMicrosecond)) }).Distinct().ExceptBy(facts.Select(Key), Key).ToList();
        db.ComputerFacts.AddRange(added);
        facility.WorkingComputers = ComputerCount.Of([.. facts, .. added]);

        static (ComputerFactKind, string, DateTimeOffset) Key(ComputerFact fact) => (fact.Kind, fact.Barcode, fact.At);
    }
}
