using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Certificates.Keys;
using BetterConnections.Training.Courses;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

/// <summary>What anyone who was handed a certificate may know.</summary>
/// <param name="Code"><c>certificate_valid</c>, <c>certificate_expired</c> or <c>certificate_revoked</c>.</param>
/// <param name="Holder">To compare with what is printed; a code, never a name.</param>
/// <param name="Title">The course, by language.</param>
/// <param name="Topics">Slugs of the toolkit topics it certifies.</param>
public sealed record CheckedCertificate(Guid Id, CertificateState State, string Code, string Issuer, string Holder, IReadOnlyDictionary<string, string> Title,
    IReadOnlyList<string> Topics, DateTimeOffset IssuedAt, DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt)
{
    public static CheckedCertificate From(Certificate certificate, CourseVersion course, ProgrammeSettings programme, DateTimeOffset now)
    {
        var state = certificate.StateAt(now);
        return new(certificate.Id, state, $"certificate_{state.ToString().ToLowerInvariant()}", programme.Name, certificate.Holder, course.Titles, course.Certifies,
            certificate.IssuedAt, certificate.ValidUntil, certificate.RevokedAt);
    }
}

public static class CheckCertificate
{
    private const int Longest = 1024 * 1024;

    /// <summary>
    /// The body is a certificate's JWS as received. Answers whether it is valid, expired or revoked; what the programme did not
    /// sign exactly so is refused (422 <c>certificate_altered</c>).
    /// </summary>
    public static async Task<CheckedCertificate> Handle(HttpRequest request, TrainingDb db, KeyRing keys, ProgrammeSettings programme, TimeProvider clock,
        CancellationToken cancel)
    {
        var given = (await request.ReadTextAsync(Longest, cancel)).Trim();
        var id = Jws.Verify(given, await keys.CurrentAsync(cancel)) is { } payload && payload.TryGetProperty("jti", out var jti)
            && Guid.TryParse(jti.GetString()?.Split('/')[^1], out var named) ? named : throw Altered();
        var (certificate, course) = await db.CertificateAsync(id, cancel);
        // The unused bits at the end of base64 escape the signature, not this.
        return certificate.Credential == given ? CheckedCertificate.From(certificate, course, programme, clock.GetUtcNow()) : throw Altered();
    }

    internal static async Task<(Certificate Certificate, CourseVersion Course)> CertificateAsync(this TrainingDb db, Guid id, CancellationToken cancel)
    {
        var found = await db.Certificates.AsNoTracking().Where(c => c.Id == id)
            .Join(db.CourseVersions.AsNoTracking(), c => new { c.CourseId, Number = c.CourseVersion }, v => new { v.CourseId, v.Number }, (c, v) => new { c, v })
            .SingleOrDefaultAsync(cancel) ?? throw new NotThere("certificate_unknown", "The programme issued no such certificate.");
        return (found.c, found.v);
    }

    private static Refused Altered() => new(StatusCodes.Status422UnprocessableEntity, "certificate_altered",
        "The programme did not sign this: it was altered, or is not the programme's.");
}
