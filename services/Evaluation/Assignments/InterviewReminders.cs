using BetterConnections.Contracts;
using BetterConnections.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Assignments;

/// <summary>That a facility was reminded in a week of its window: there is one row, whoever writes it.</summary>
public sealed class InterviewReminder
{
    public Guid WaveId { get; init; }
    public Guid FacilityId { get; init; }
    /// <summary>Whole weeks since the window opened there.</summary>
    public int Week { get; init; }
    public DateTimeOffset ToldAt { get; init; }
}

/// <summary>
/// Tells once a week how many interviews are still to be held at a facility; in the first week nobody is late yet. Replicas share the
/// work, since each week's row is written once, in the transaction of its event. Simulated respondents are not waited for.
/// </summary>
public sealed class InterviewReminders(IServiceScopeFactory scopes, TimeProvider clock, ILogger<InterviewReminders> log) : BackgroundService
{
    private sealed record Outstanding(Guid WaveId, string Code, Guid FacilityId, int Due, DateTimeOffset Closes);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await RemindAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Interviews that are due could not be read; the next hour tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Everything that is due now, once.</summary>
    public async Task RemindAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var outstanding = await db.Database.SqlQuery<Outstanding>($"""
            with due as (
                select p.wave_id, w.code, p.facility_id, p.closes, floor(extract(epoch from {now} - p.opens) / 604800)::int as week, f.outstanding as due
                from wave_facilities p join waves w on w.id = p.wave_id join facility_progress f on f.wave_id = p.wave_id and f.facility_id = p.facility_id
                where w.state = 'Open' and not w.simulated and p.closes > {now} and p.opens <= {now} - interval '7 days'
            ), reminded as (
                insert into interview_reminders (wave_id, facility_id, week, told_at)
                select wave_id, facility_id, week, {now} from due where due > 0
                on conflict do nothing
                returning wave_id, facility_id
            )
            select wave_id as "WaveId", code as "Code", facility_id as "FacilityId", due as "Due", closes as "Closes" from due join reminded using (wave_id, facility_id)
            """).ToListAsync(cancel);
        foreach (var at in outstanding) db.Publish(new InterviewsDue(at.WaveId, at.Code, at.FacilityId, at.Due, at.Closes, now));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}

internal sealed class InterviewReminderMapping : IEntityTypeConfiguration<InterviewReminder>
{
    public void Configure(EntityTypeBuilder<InterviewReminder> reminder)
    {
        reminder.ToTable("interview_reminders");
        reminder.HasKey(r => new { r.WaveId, r.FacilityId, r.Week });
        reminder.HasOne<Waves.Wave>().WithMany().HasForeignKey(r => r.WaveId);
    }
}
