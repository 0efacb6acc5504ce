using BetterConnections.Contracts;
using MassTransit;

namespace BetterConnections.Volunteers.Certifications;

public sealed class CertifyWhenVolunteerCertified(VolunteerDb db) : IConsumer<VolunteerCertified>
{
    public async Task Consume(ConsumeContext<VolunteerCertified> context)
    {
        var certified = context.Message;
        // Erased meanwhile: what it learnt leads to the person and is not taken up again.
        if (await db.Volunteers.FindOneAsync(certified.VolunteerId, context.CancellationToken) is not { } volunteer) return;
        volunteer.Certify(certified.CertificateId, certified.Topics, certified.ValidUntil, new Act(nameof(CertifyWhenVolunteerCertified), certified.At));
    }
}
