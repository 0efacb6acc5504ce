using System.Security.Cryptography;
using System.Text;

namespace BetterConnections.Identity.Keys;

/// <summary>
/// AES-256-GCM under <see cref="IdentitySettings.KeyEncryptionKey"/>. Without that setting private keys are stored as they are,
/// protected by nothing but the access to the database; keys sealed earlier are then refused, not replaced.
/// </summary>
public sealed class KeySeal
{
    private const int NonceLength = 12, TagLength = 16;
    private readonly byte[]? _key;

    public KeySeal(IdentitySettings settings)
    {
        if (string.IsNullOrEmpty(settings.KeyEncryptionKey)) return;
        _key = new byte[32];
        if (!Convert.TryFromBase64String(settings.KeyEncryptionKey, _key, out var length) || length != _key.Length)
            throw new InvalidOperationException("Identity:KeyEncryptionKey has to be 32 bytes in base64.");
    }

    public bool IsOn => _key is not null;

    /// <param name="id">Bound into the seal, so that one key cannot be put in another's place.</param>
    public byte[] Seal(string id, byte[] plain)
    {
        if (_key is null) return plain;
        var result = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(Nonce(result));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(Nonce(result), plain, Cipher(result), Tag(result), Encoding.UTF8.GetBytes(id));
        return result;
    }

    public byte[] Open(SigningKey key)
    {
        if (!key.IsSealed) return key.PrivateKey;
        if (_key is null) throw new InvalidOperationException("The signing keys in the database are sealed, but Identity:KeyEncryptionKey is not set.");
        var plain = new byte[key.PrivateKey.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(Nonce(key.PrivateKey), Cipher(key.PrivateKey), Tag(key.PrivateKey), plain, Encoding.UTF8.GetBytes(key.Id));
        return plain;
    }

    private static Span<byte> Nonce(byte[] @sealed) => @sealed.AsSpan(0, NonceLength);
    private static Span<byte> Tag(byte[] @sealed) => @sealed.AsSpan(NonceLength, TagLength);
    private static Span<byte> Cipher(byte[] @sealed) => @sealed.AsSpan(NonceLength + TagLength);
}
