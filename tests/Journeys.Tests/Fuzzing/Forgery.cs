using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>
/// Tokens as a forger makes them out of a good one. What has other claims, another header or another signature says that it lasts for a
/// year, so that in a long run, too, it is refused for that and not for its age. (Good ones that have ended: SignInTests of the services.)
/// </summary>
public static class Forgery
{
    public static IEnumerable<(string Name, string Token)> Of(string token)
    {
        var (header, claims, signature) = token.Split('.') is [var h, var c, var s] ? (h, c, s) : throw new ArgumentException("The token is no JWT.", nameof(token));
        claims = Changed(claims, "exp", JsonValue.Create(DateTimeOffset.UtcNow.AddYears(1).ToUnixTimeSeconds()));
        yield return ("a longer life", $"{header}.{claims}.{signature}");
        yield return ("another role", $"{header}.{Changed(claims, "role", JsonValue.Create("operator"))}.{signature}");
        yield return ("no algorithm", $"{Changed(header, "alg", JsonValue.Create("none"))}.{claims}.");
        yield return ("a signature of another key", Signed(header, claims));
        yield return ("the public key as a secret", $"{Changed(header, "alg", JsonValue.Create("HS256"))}.{claims}.{signature}");
        yield return ("a cut token", token[..^9]);
        yield return ("no token at all", "token");
        yield return ("an endless token", new string('a', 6000));
    }

    private static string Signed(string header, string claims)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return $"{header}.{claims}.{Encode(key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256))}";
    }

    private static string Changed(string part, string name, JsonNode value)
    {
        var json = JsonNode.Parse(Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=')))!;
        json[name] = value;
        return Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
