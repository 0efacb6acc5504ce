using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

internal static class Volunteers
{
    /// <summary>Notes which account acts for a volunteer, whichever message tells it first; not after the volunteer was erased.</summary>
    public static Task KnowVolunteerAsync(this TrainingDb db, Guid id, string account, IEnumerable<string> languages, CancellationToken cancel)
    {
        string[] spoken = [.. languages];
        return db.Database.ExecuteSqlAsync($"""
            insert into learners (id, kind, account, languages) values ({id}, {nameof(LearnerKind.Volunteer)}, {account}, {spoken})
            on conflict (id) do update set account = excluded.account, languages = excluded.languages where learners.erased_at is null
            """, cancel);
    }
}
