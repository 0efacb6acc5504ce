using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BetterConnections.ServiceDefaults;

/// <summary>256 random bits. Nobody guesses them, so a plain SHA-256 is all that is stored and no lock-out is needed.</summary>
public static class Secret
{
    public const int Length = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>In constant time.</summary>
    public static bool Matches(byte[] hash, string secret) => CryptographicOperations.FixedTimeEquals(hash, Hash(secret));
}
