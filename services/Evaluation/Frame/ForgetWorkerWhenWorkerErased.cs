using BetterConnections.Contracts;
using BetterConnections.Evaluation.Sampling;
using BetterConnections.Evaluation.Submissions;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Frame;

/// <summary>
/// Deletes the worker's interviews, out of frozen waves too, and all that says where the card was. A sample keeps its size and its chances,
/// with somebody in it whom nothing leads to. The pseudonym stays as the mark by which later interviews of the card are refused.
/// </summary>
public sealed class ForgetWorkerWhenWorkerErased(EvaluationDb db, Pseudonyms pseudonyms, TimeProvider clock) : IConsumer<WorkerErased>
{
    public async Task Consume(ConsumeContext<WorkerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        var pseudonym = await pseudonyms.OfAsync(erased.Code, cancel);
        // Waves, workers, submissions: the order in which draws and freezes take them, too.
        await db.Database.ExecuteSqlAsync($"""
            select from waves where id in (select wave_id from submissions where respondent = {pseudonym} union select wave_id from sample_members where respondent = {pseudonym})
            order by id for update
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into workers (id, pseudonym, languages, erased_at) values ({erased.WorkerId}, {pseudonym}, array[]::text[], {erased.At})
            on conflict (id) do update set pseudonym = excluded.pseudonym, card = null, facility_id = null, languages = excluded.languages, joined_at = null, left_at = null,
                declined_at = null, consented_at = null, erased_at = excluded.erased_at
            """, cancel);
        await db.Champions.Where(c => c.WorkerId == erased.WorkerId).ExecuteDeleteAsync(cancel);
        await db.Assignments.Where(a => a.Respondent == pseudonym).ExecuteDeleteAsync(cancel);
        await db.Database.ExecuteSqlAsync($"update sample_members set respondent = {SampleMember.Erased} || gen_random_uuid() where respondent = {pseudonym}", cancel);
        // What a phone is sending at this moment is in before, and deleted, or comes after, and is refused.
        await db.Database.ExecuteSqlAsync($"lock table submissions in share row exclusive mode", cancel);
        // All versions of an interview that is the worker's; of one that was corrected to another's only those that named this card.
        var own = await db.Submissions.Where(s => s.Respondent == pseudonym && s.SupersededBy == null).Select(s => s.OriginalId ?? s.Id).ToArrayAsync(cancel);
        var versions = await db.Submissions.Where(s => s.Respondent == pseudonym || own.Contains(s.Id) || own.Contains(s.OriginalId!.Value)).ToListAsync(cancel);
        await db.DeleteVersionsAsync(versions, nameof(WorkerErased), clock.GetUtcNow(), cancel);
    }
}
