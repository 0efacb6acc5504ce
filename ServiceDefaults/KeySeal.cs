using System.Security.Cryptography;
using System.Text;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// Private keys in a database under AES-256-GCM. Without a key to seal with they are stored as they are, protected by nothing
/// but the access to the database; keys sealed earlier are then refused, not replaced.
/// </summary>
public sealed class KeySeal
{
    private const int NonceLength = 12, TagLength = 16;
    private readonly byte[]? _key;
    private readonly string _setting;

    /// <param name="key">32 bytes in base64; none seals nothing.</param>
    /// <param name="setting">Where it is set, for whoever set it wrongly.</param>
    public KeySeal(string? key, string setting)
    {
        _setting = setting;
        if (string.IsNullOrEmpty(key)) return;
        _key = new byte[32];
        if (!Convert.TryFromBase64String(key, _key, out var length) || length != _key.Length)
            throw new InvalidOperationException($"{setting} has to be 32 bytes in base64.");
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

    /// <param name="id">As it was sealed with.</param>
    public byte[] Open(string id, byte[] @sealed)
    {
        if (_key is null) throw new InvalidOperationException($"The private keys in the database are sealed, but {_setting} is not set.");
        var plain = new byte[@sealed.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(Nonce(@sealed), Cipher(@sealed), Tag(@sealed), plain, Encoding.UTF8.GetBytes(id));
        return plain;
    }

    private static Span<byte> Nonce(byte[] @sealed) => @sealed.AsSpan(0, NonceLength);
    private static Span<byte> Tag(byte[] @sealed) => @sealed.AsSpan(NonceLength, TagLength);
    private static Span<byte> Cipher(byte[] @sealed) => @sealed.AsSpan(NonceLength + TagLength);
}
