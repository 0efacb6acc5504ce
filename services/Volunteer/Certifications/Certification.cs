namespace BetterConnections.Volunteers.Certifications;

/// <summary>A certificate that Training gave a volunteer. A renewal is another one.</summary>
public sealed class Certification
{
    private Certification() { }

    internal Certification(Guid id, Guid volunteerId) => (Id, VolunteerId) = (id, volunteerId);

    /// <summary>Training's.</summary>
    public Guid Id { get; private set; }
    public Guid VolunteerId { get; private set; }
    public string[] Topics { get; private set; } = [];
    /// <summary>Null while only its revocation has been heard of.</summary>
    public DateTimeOffset? CertifiedAt { get; private set; }
    /// <summary>Null where it does not expire.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    /// <summary>When the volunteer was told that it expires soon.</summary>
    public DateTimeOffset? ExpiryToldAt { get; private set; }

    /// <summary>In SQL: <c>revoked_at is null and certified_at &lt;= at and (valid_until is null or valid_until &gt; at)</c>.</summary>
    public bool CountsAt(DateTimeOffset at) => RevokedAt is null && CertifiedAt <= at && (ValidUntil is null || ValidUntil > at);

    internal void Grant(IReadOnlyList<string> topics, DateTimeOffset? validUntil, DateTimeOffset at) =>
        (Topics, ValidUntil, CertifiedAt) = ([.. topics], validUntil, at);

    internal void ExpiryTold(DateTimeOffset at) => ExpiryToldAt = at;

    internal void Revoke(DateTimeOffset at) => RevokedAt ??= at;
}
