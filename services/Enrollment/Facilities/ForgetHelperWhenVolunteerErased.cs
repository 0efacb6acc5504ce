using BetterConnections.Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>The volunteer's account goes; what it did stays, as done by a volunteer of this id.</summary>
public sealed class ForgetHelperWhenVolunteerErased(EnrollmentDb db) : IConsumer<VolunteerErased>
{
    public async Task Consume(ConsumeContext<VolunteerErased> context)
    {
        var (erased, cancel) = (context.Message, context.CancellationToken);
        await db.LockVolunteerAsync(erased.VolunteerId, cancel);
        if (await db.ErasedVolunteers.AnyAsync(v => v.Id == erased.VolunteerId, cancel)) return;
        db.ErasedVolunteers.Add(new() { Id = erased.VolunteerId, ErasedAt = erased.At });

        var accounts = await db.FacilityHelpers.Where(h => h.VolunteerId == erased.VolunteerId).Select(h => h.Subject).Distinct().ToArrayAsync(cancel);
        await db.FacilityHelpers.Where(h => accounts.Contains(h.Subject)).ExecuteDeleteAsync(cancel);
        var nobody = $"volunteer {erased.VolunteerId}";
        await db.Database.ExecuteSqlAsync($"""
            update facility_events set by = {nobody} where by = any({accounts});
            update needs_assessments set assessed_by = {nobody} where assessed_by = any({accounts});
            update checklist_marks set inspected_by = {nobody} where inspected_by = any({accounts});
            update tickets set opened_by = case when opened_by = any({accounts}) then {nobody} else opened_by end,
                state_by = case when state_by = any({accounts}) then {nobody} else state_by end
                where opened_by = any({accounts}) or state_by = any({accounts});
            update champions set named_by = {nobody} where named_by = any({accounts});
            update champions set ended_by = {nobody} where ended_by = any({accounts});
            delete from idempotency_keys where caller = any({accounts});
            """, cancel);
    }
}
