using BetterConnections.Volunteers.Messages;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Certifications;

/// <summary>
/// Tells volunteers once that a certificate expires soon, unless another already covers its topics for longer. Nothing but the
/// message hangs on it: whether a certificate counts is read from its dates.
/// </summary>
public sealed class ExpiryReminders(IServiceScopeFactory scopes, ProgrammeSettings programme, TimeProvider clock, ILogger<ExpiryReminders> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        do
        {
            try
            {
                await TellAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Certificates that expire could not be read; the next hour tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Returns how many volunteers' certificates it found.</summary>
    public async Task<int> TellAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VolunteerDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var soon = now.AddDays(programme.CertificateReminderDays);
        var expiring = await db.Set<Certification>().FromSql($"""
            select c.* from certifications c join volunteers v on v.id = c.volunteer_id
            where c.valid_until > {now} and c.valid_until <= {soon} and c.expiry_told_at is null and c.revoked_at is null
                and v.state not in ('Rejected', 'Inactive')
                and not exists (select from certifications other where other.volunteer_id = c.volunteer_id and other.revoked_at is null
                    and other.topics @> c.topics and (other.valid_until is null or other.valid_until > c.valid_until))
            for update of c skip locked
            """).ToListAsync(cancel);
        foreach (var certificate in expiring)
        {
            certificate.ExpiryTold(now);
            db.Tell(certificate.VolunteerId, Templates.CertificateExpiring, now,
                ("topics", string.Join(", ", certificate.Topics)), (Templates.Date, certificate.ValidUntil!.Value));
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return expiring.Count;
    }
}
