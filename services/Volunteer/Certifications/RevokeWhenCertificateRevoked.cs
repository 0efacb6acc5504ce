using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Certifications;

public sealed class RevokeWhenCertificateRevoked(VolunteerDb db) : IConsumer<CertificateRevoked>
{
    public async Task Consume(ConsumeContext<CertificateRevoked> context)
    {
        var revoked = context.Message;
        // Most certificates are workers'.
        if (await db.Volunteers.FindOneAsync(revoked.LearnerId, context.CancellationToken) is not { } volunteer) return;
        volunteer.Revoke(revoked.CertificateId, new Act(nameof(RevokeWhenCertificateRevoked), revoked.At));
    }
}
