using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Training.Certificates.Keys;

namespace BetterConnections.Training.Certificates;

/// <summary>A JSON Web Signature in its compact form (RFC 7515), signed with RS256.</summary>
public static class Jws
{
    /// <param name="address">Of the public key: the <c>kid</c>, so that a verifier can fetch it. The key itself is in the header too, for one that cannot.</param>
    /// <param name="type">The <c>typ</c> of the header.</param>
    public static string Sign(IssuerKey key, string address, string type, JsonObject payload)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = type, ["kid"] = address, ["jwk"] = key.Jwk(address) };
        var content = $"{Encode(header)}.{Encode(payload)}";
        return $"{content}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(content)))}";
    }

    /// <summary>
    /// The payload, if one of our own keys signed it; null for anything else. The key in the header is not looked at: who
    /// alters a certificate can put a key of its own there.
    /// </summary>
    public static JsonElement? Verify(string jws, OpenKeys keys)
    {
        var parts = jws.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            var header = Decode(parts[0]);
            if (header.GetProperty("alg").GetString() != "RS256" || header.GetProperty("kid").GetString() is not { } kid
                || keys.Find(kid.Split('/')[^1]) is not { } key) return null;
            return key.Verifies(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])) ? Decode(parts[1]) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private static JsonElement Decode(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));
}
