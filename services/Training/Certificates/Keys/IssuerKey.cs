using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BetterConnections.Training.Certificates.Keys;

/// <summary>An opened key: it checks, and signs where it has its private half. RS256, which every verifier of Open Badges knows.</summary>
public sealed class IssuerKey
{
    private readonly RSA _rsa;
    private readonly Lock _inUse = new(); // an RSA object does one thing at a time
    private readonly RSAParameters _public;

    public IssuerKey(RSA rsa)
    {
        _rsa = rsa;
        _public = rsa.ExportParameters(includePrivateParameters: false);
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"e":"{{E}}","kty":"RSA","n":"{{N}}"}""")));
    }

    /// <summary>The JWK thumbprint (RFC 7638).</summary>
    public string Id { get; }

    private string E => Base64Url.EncodeToString(_public.Exponent);
    private string N => Base64Url.EncodeToString(_public.Modulus);

    /// <summary>The public half (RFC 7517).</summary>
    /// <param name="address">Where it is published; its <c>kid</c>.</param>
    public JsonObject Jwk(string address) => new() { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = address, ["n"] = N, ["e"] = E };

    public byte[] Sign(byte[] data)
    {
        lock (_inUse) return _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public bool Verifies(byte[] data, byte[] signature)
    {
        lock (_inUse) return _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
