using BetterConnections.Contracts;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Certifications;

/// <summary>What the volunteer may no longer teach it is no longer assigned to; Training hears of it and looks for another trainer.</summary>
public sealed class RevokeWhenCertificateRevoked(VolunteerDb db) : IConsumer<CertificateRevoked>
{
    public async Task Consume(ConsumeContext<CertificateRevoked> context)
    {
        var (revoked, cancel) = (context.Message, context.CancellationToken);
        // Most certificates are workers'. Locked, so that nothing is accepted by a certificate that is being revoked.
        if (await db.FindAndLockVolunteerAsync(revoked.LearnerId, cancel) is not { } volunteer) return;
        var act = new Act(nameof(RevokeWhenCertificateRevoked), revoked.At, "The certificate was revoked.");
        volunteer.Revoke(revoked.CertificateId, act);

        // Offers stay: whether they can be accepted is asked then.
        var teaching = await db.Assignments.Where(a => a.VolunteerId == volunteer.Id && a.Role == AssignmentRole.Trainer && a.State == AssignmentState.Accepted)
            .Join(db.Openings, a => a.OpeningId, o => o.Id, (a, o) => new { a.Id, a.Ends, o.Topics }).ToListAsync(cancel);
        Guid[] lost = [.. teaching.Where(a => !volunteer.IsCertified(a.Topics, a.Ends)).Select(a => a.Id)];
        await db.CancelAssignmentsAsync(a => lost.Contains(a.Id), act, cancel);
    }
}
