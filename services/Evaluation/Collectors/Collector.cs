using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Collectors;

/// <summary>Somebody's permission, or a device's, to fetch forms and send interviews without signing in. The address with the token is the permission.</summary>
public sealed class Collector
{
    /// <summary>Every list that goes to a phone holds all workers of its facilities, so a collector has few.</summary>
    public const int MostFacilities = 200;
    public static readonly TimeSpan LongestValidity = TimeSpan.FromDays(731);

    private Collector() { }

    public Guid Id { get; private set; }
    /// <summary>What the office calls it, <c>Team 3, phone 2</c>; not a person's name.</summary>
    public string Label { get; private set; } = null!;
    /// <summary>SHA-256 of the token; the token itself is known only to who was given it.</summary>
    public byte[] TokenHash { get; private set; } = null!;
    /// <summary>Ids of the forms it may fetch and send.</summary>
    public IReadOnlyList<string> Forms { get; private set; } = [];
    /// <summary>Codes of the facilities it may send for, and whose workers it gets to see.</summary>
    public IReadOnlyList<string> Facilities { get; private set; } = [];
    public DateTimeOffset ValidUntil { get; private set; }
    public string IssuedBy { get; private set; } = null!;
    public DateTimeOffset IssuedAt { get; private set; }
    public string? RevokedBy { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    /// <summary>Who finds it in the portal; null where only its address is given away.</summary>
    public Volunteer? Volunteer { get; private set; }
    public Guid? VolunteerId { get; private set; }
    /// <summary>Counts what the office does. A phone that takes another address changes nothing that the office has read.</summary>
    public int Version { get; private set; }

    public static Collector Issue(CollectorScope scope, Volunteer? volunteer, string token, string by, DateTimeOffset at)
    {
        var collector = new Collector { Id = Guid.CreateVersion7(at), TokenHash = Secret.Hash(token), Volunteer = volunteer, IssuedBy = by, IssuedAt = at };
        collector.Limit(scope, at);
        return collector;
    }

    /// <summary>What it may from now on. Phones notice at their next look at the list.</summary>
    public void Limit(CollectorScope scope, DateTimeOffset now)
    {
        if (RevokedAt is not null) throw new RuleBroken("collector_revoked", $"{Label} was revoked; issue another.");
        if (scope.ValidUntil <= now || scope.ValidUntil > now + LongestValidity)
            throw new BadInput("valid_until_not_valid", $"A collector is valid until some time in the next {LongestValidity.Days} days.");
        (Label, Forms, Facilities) = (scope.Label, [.. scope.Forms.Distinct().Order(StringComparer.Ordinal)], [.. scope.Facilities.Distinct().Order(StringComparer.Ordinal)]);
        ValidUntil = scope.ValidUntil.ToUniversalTime();
        Version++;
    }

    /// <summary>To another address; the one before it opens nothing any more.</summary>
    public void Move(string token) => TokenHash = Secret.Hash(token);

    public void Revoke(string by, DateTimeOffset at)
    {
        if (RevokedAt is not null) return;
        (RevokedBy, RevokedAt) = (by, at);
        Version++;
    }
}
