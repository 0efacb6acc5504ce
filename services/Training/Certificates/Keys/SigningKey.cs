using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Certificates.Keys;

/// <summary>One RSA key. Its public half stays published for good, since a certificate signed with it may be checked in ten years.</summary>
public sealed class SigningKey
{
    /// <summary>The key's JWK thumbprint (RFC 7638), the last part of its address.</summary>
    public required string Id { get; init; }
    /// <summary>SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }
    /// <summary>PKCS #8, sealed with <see cref="TrainingSettings.KeyEncryptionKey"/> where <see cref="IsSealed"/>; gone once the key is retired.</summary>
    public byte[]? PrivateKey { get; private set; }
    public bool IsSealed { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public static SigningKey Create(string id, byte[] publicKey, byte[] privateKey, bool isSealed, DateTimeOffset at) =>
        new() { Id = id, PublicKey = publicKey, PrivateKey = privateKey, IsSealed = isSealed, CreatedAt = at };

    /// <summary>It signs no more, and nobody can make it.</summary>
    public void Retire(DateTimeOffset at) => (PrivateKey, RetiredAt) = (null, at);
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> key) => key.ToTable("signing_keys");
}
