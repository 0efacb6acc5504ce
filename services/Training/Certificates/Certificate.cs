using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Certificates;

public enum CertificateState { Valid, Expired, Revoked }

/// <summary>
/// What the programme certified of a learner: the signed credential, byte for byte as it was issued, and whether it still counts.
/// The database refuses to change what was signed.
/// </summary>
public sealed class Certificate
{
    private Certificate() { }

    /// <summary>Random, not ascending: who has one address cannot guess the next.</summary>
    public Guid Id { get; private set; }
    public Guid CourseId { get; private set; }
    public int CourseVersion { get; private set; }
    public Guid LearnerId { get; private set; }
    /// <summary>The card code or volunteer number, printed beside the line on which the holder writes the name.</summary>
    public string Holder { get; private set; } = null!;
    public Audience Audience { get; private set; }
    public DateTimeOffset IssuedAt { get; private set; }
    /// <summary>Null where it does not expire.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }
    /// <summary>The place of its bit, counted through all status lists.</summary>
    public int StatusIndex { get; private set; }
    /// <summary>The credential as a compact JWS.</summary>
    public string Credential { get; private set; } = null!;
    public DateTimeOffset? RevokedAt { get; private set; }
    public string? RevokedBy { get; private set; }
    public string? RevocationReason { get; private set; }
    public uint Version { get; private set; }

    public static Certificate Issue(CertificateFacts facts, string credential) => new()
    {
        Id = facts.Id,
        CourseId = facts.Course.CourseId,
        CourseVersion = facts.Course.Number,
        LearnerId = facts.LearnerId,
        Holder = facts.Holder,
        Audience = facts.Audience,
        IssuedAt = facts.IssuedAt,
        ValidUntil = facts.ValidUntil,
        StatusIndex = facts.StatusIndex,
        Credential = credential,
    };

    public CertificateState StateAt(DateTimeOffset now) => RevokedAt is not null ? CertificateState.Revoked
        : ValidUntil <= now ? CertificateState.Expired : CertificateState.Valid;

    public void Revoke(string reason, string by, DateTimeOffset at)
    {
        if (RevokedAt is not null) throw new RuleBroken("certificate_already_revoked", "This certificate was revoked before.");
        (RevokedAt, RevokedBy, RevocationReason) = (at, by, reason);
    }
}
