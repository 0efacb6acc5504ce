using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

internal static class Volunteers
{
    /// <summary>Notes which account acts for a volunteer, whichever message tells it first; not after the volunteer was erased.</summary>
    /// <param name="number">Null where the message does not tell it; what was told before stays.</param>
    public static Task KnowVolunteerAsync(this TrainingDb db, Guid id, string account, string? number, IEnumerable<string> languages, CancellationToken cancel)
    {
        string[] spoken = [.. languages];
        return db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, code, account, languages) values ({id}, {nameof(LearnerKind.Volunteer)}, {number}, {account}, {spoken})
            on conflict (id) do update set code = coalesce(excluded.code, learners.code), account = excluded.account, languages = excluded.languages where learners.erased_at is null
            """, cancel);
    }
}
