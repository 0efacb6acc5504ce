using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace BetterConnections.Identity.Tokens;

/// <summary>As a client holds it: the session's id and 256 random bits, <c>{32 hex digits}.{base64url}</c>.</summary>
public sealed record RefreshToken(Guid SessionId, string Secret)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = null;
        if (text.Split('.') is not [var id, var secret] || !Guid.TryParseExact(id, "n", out var session) || !Base64Url.IsValid(secret)) return false;
        token = new(session, secret);
        return true;
    }

    public override string ToString() => $"{SessionId:n}.{Secret}";
}
