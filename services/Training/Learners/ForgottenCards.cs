using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Learners;

internal static class ForgottenCards
{
    /// <summary>Puts the learner's id where the card stands beside what was learned: on certificates, and in statements, whoever sent them.</summary>
    public static async Task ForgetCardAsync(this TrainingDb db, Guid learner, string code, CancellationToken cancel)
    {
        var id = learner.ToString();
        await db.Database.ExecuteSqlAsync($"update certificates set holder = {id} where learner_id = {learner} and holder <> {id}", cancel);
        await db.Database.ExecuteSqlAsync($"""
            update xapi_statements set actor_name = {id}, statement = jsonb_set(statement, array['actor', 'account', 'name'], to_jsonb({id}::text)) where actor_name = {code}
            """, cancel);
    }
}
