using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Webhooks;

/// <summary>
/// <c>Disabled</c>: by its owner. <c>Gone</c>: answered 410. <c>Failing</c>: did not succeed once in <see cref="WebhookSettings.GiveUpAfter"/>.
/// What happens meanwhile is kept for a failing one alone, and delivered when it is enabled. What waited for one that is gone is abandoned.
/// </summary>
public enum EndpointState { Active, Disabled, Gone, Failing }

/// <summary>Where a partner system wants to be told what has happened.</summary>
public sealed class WebhookEndpoint
{
    private const string Prefix = "whsec_";
    private static readonly TimeSpan FormerSecretSigns = TimeSpan.FromHours(24);

    private WebhookEndpoint() { }

    public Guid Id { get; private set; }
    public long Number { get; private set; }
    /// <summary>The account or partner system (token subject) that it belongs to.</summary>
    public string Owner { get; private set; } = null!;
    public string Url { get; private set; } = null!;
    /// <summary>Names as in <see cref="WebhookTypes"/>; none means all.</summary>
    public string[] Types { get; private set; } = null!;
    /// <summary>Has to be used for every signature, so it is sealed and not hashed.</summary>
    public byte[] Secret { get; private set; } = null!;
    public byte[]? FormerSecret { get; private set; }
    public DateTimeOffset? FormerSecretUntil { get; private set; }
    public bool SecretsAreSealed { get; private set; }
    public EndpointState State { get; private set; }
    /// <summary>Why it is off.</summary>
    public string? Why { get; private set; }
    /// <summary>Since when nothing has succeeded; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public uint Version { get; private set; }

    public static WebhookEndpoint Create(string owner, string url, string[] types, KeySeal seal, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        return new()
        {
            Id = id,
            Owner = owner,
            Url = url,
            Types = types,
            Secret = NewSecret(id, seal),
            SecretsAreSealed = seal.IsOn,
            State = EndpointState.Active,
            CreatedAt = at,
        };
    }

    public void Change(string url, string[] types) => (Url, Types) = (url, types);

    /// <summary>The former one signs beside the new one for a day, so that no delivery is refused while the receiver changes over.</summary>
    public void Rotate(KeySeal seal, DateTimeOffset at)
    {
        var plain = Plain(Secret, seal);
        (FormerSecret, FormerSecretUntil) = (seal.Seal(Id.ToString(), plain), at + FormerSecretSigns);
        (Secret, SecretsAreSealed) = (NewSecret(Id, seal), seal.IsOn);
    }

    public void Enable() => (State, Why, FailingSince) = (EndpointState.Active, null, null);

    public void Disable(string? why) => (State, Why) = (EndpointState.Disabled, why);

    /// <summary>As the standard writes it: <c>whsec_</c> and base64.</summary>
    public string ShownSecret(KeySeal seal) => Prefix + Convert.ToBase64String(Plain(Secret, seal));

    /// <summary>The keys that sign now, the newest first.</summary>
    public IEnumerable<byte[]> SigningSecrets(KeySeal seal, DateTimeOffset at)
    {
        yield return Plain(Secret, seal);
        if (FormerSecret is not null && at < FormerSecretUntil) yield return Plain(FormerSecret, seal);
    }

    private byte[] Plain(byte[] secret, KeySeal seal) => SecretsAreSealed ? seal.Open(Id.ToString(), secret) : secret;

    private static byte[] NewSecret(Guid id, KeySeal seal) => seal.Seal(id.ToString(), RandomNumberGenerator.GetBytes(32));
}
