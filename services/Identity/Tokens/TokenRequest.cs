using System.Net.Http.Headers;
using System.Text;

namespace BetterConnections.Identity.Tokens;

/// <summary>A refusal in the terms of OAuth (RFC 6749, 5.2), instead of problem details on these paths.</summary>
public sealed class TokenRefused(string error, string description, int status = 400) : Exception(description)
{
    public string Error { get; } = error;
    public int Status { get; } = status;
}

/// <summary>The form of a token or revocation request.</summary>
public sealed class TokenRequest
{
    private readonly IFormCollection _form;
    private readonly AuthenticationHeaderValue? _authorization;

    private TokenRequest(IFormCollection form, AuthenticationHeaderValue? authorization) => (_form, _authorization) = (form, authorization);

    public static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !"application/x-www-form-urlencoded".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
            throw new TokenRefused("invalid_request", "Send the parameters as application/x-www-form-urlencoded.");
        var form = await FormAsync(request, cancel);
        foreach (var (name, values) in form)
            if (values.Count > 1 || values.ToString().Any(char.IsControl))
                throw new TokenRefused("invalid_request", $"The parameter {Printable(name)} is repeated or holds control characters.");
        return new(form, AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization) ? authorization : null);
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(cancel);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or NotSupportedException) // the latter: a charset that .NET has switched off
        {
            throw new TokenRefused("invalid_request", "The form cannot be read.");
        }
    }

    /// <summary>Null where it is missing or empty; the standard makes no difference.</summary>
    public string? Optional(string name) => _form[name].ToString() is { Length: > 0 } value ? value : null;

    public string Required(string name) => Optional(name) ?? throw new TokenRefused("invalid_request", $"The parameter {name} is missing.");

    /// <summary>From HTTP Basic or the form, but not both (RFC 6749, 2.3).</summary>
    public (string Id, string Secret) ClientCredentials()
    {
        if (_authorization is not { Scheme: var scheme } || !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return (Required("client_id"), Required("client_secret"));
        if (Optional("client_secret") is not null) throw new TokenRefused("invalid_request", "Authenticate by HTTP Basic or in the form, not by both.");
        return Basic(_authorization.Parameter) ?? throw new TokenRefused("invalid_client", "The HTTP Basic credentials cannot be read.", 401);
    }

    private static (string Id, string Secret)? Basic(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(parameter ?? "", bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret] ? (Decode(id), Decode(secret)) : null;
    }

    /// <summary>Both halves are form-encoded before they are joined (RFC 6749, 2.3.1).</summary>
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>What RFC 6749 lets stand in an error description.</summary>
    private static string Printable(string name) => string.Concat(name.Where(c => c is >= ' ' and <= '~' and not ('"' or '\\')).Take(40));
}
