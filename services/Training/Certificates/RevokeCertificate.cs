using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

/// <param name="Reason">For the record; it names nobody and is not published.</param>
public sealed record RevokeRequest([Required, StringLength(500, MinimumLength = 3)] string Reason);

public static class RevokeCertificate
{
    /// <summary>It cannot be taken back; who earns it again gets another.</summary>
    public static async Task<NoContent> Handle(Guid id, RevokeRequest request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var certificate = await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw new NotThere("certificate_unknown", "There is no such certificate.");
        var now = clock.GetUtcNow();
        certificate.Revoke(request.Reason.Trim(), user.Subject(), now);
        db.Publish(new CertificateRevoked(certificate.Id, certificate.LearnerId, now));
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }
}
