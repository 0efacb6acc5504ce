using BetterConnections.Training.Certificates.Keys;
using BetterConnections.Training.Courses;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

/// <summary>Who completed what.</summary>
/// <param name="Holder">Card code or volunteer number.</param>
public sealed record Completed(CourseVersion Course, Audience Audience, Guid LearnerId, string Holder);

public sealed class IssueCertificates(TrainingDb db, KeyRing keys, Credential credential)
{
    /// <summary>A signed certificate for each; they are saved by the caller, together with what they certify.</summary>
    public async Task<IReadOnlyList<Certificate>> ForAsync(IReadOnlyList<Completed> completed, DateTimeOffset at, CancellationToken cancel)
    {
        var key = (await keys.CurrentAsync(cancel)).Signing;
        var places = await db.Database.SqlQuery<int>($"select nextval('certificate_numbers')::int as \"Value\" from generate_series(1, {completed.Count})").ToListAsync(cancel);
        // Whole seconds, as the claims of a token have them.
        var from = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        var certificates = completed.Zip(places, (c, place) =>
        {
            DateTimeOffset? until = c.Course.ValidMonths is { } months ? from.AddMonths(months) : null;
            var facts = new CertificateFacts(Guid.NewGuid(), c.Course, c.Audience, c.LearnerId, c.Holder, from, until, place);
            return Certificate.Issue(facts, Jws.Sign(key, credential.KeyAddress(key.Id), "JWT", credential.OpenBadge(facts)));
        }).ToList();
        db.AddRange(certificates);
        return certificates;
    }
}
