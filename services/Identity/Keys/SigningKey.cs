using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Identity.Keys;

/// <summary>One ECDSA P-256 key and when it signs. It is published from its creation until the last token it signed has expired.</summary>
public sealed class SigningKey
{
    /// <summary>The <c>kid</c>: the key's JWK thumbprint (RFC 7638).</summary>
    public required string Id { get; init; }
    /// <summary>PKCS #8, sealed with <see cref="IdentitySettings.KeyEncryptionKey"/> where <see cref="IsSealed"/>.</summary>
    public required byte[] PrivateKey { get; init; }
    public bool IsSealed { get; init; }
    public DateTimeOffset ActiveFrom { get; init; }
    public DateTimeOffset ActiveUntil { get; init; }
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key) => key.ToTable("signing_keys");
}
