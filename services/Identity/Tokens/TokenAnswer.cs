using System.Text.Json.Serialization;

namespace BetterConnections.Identity.Tokens;

/// <summary>RFC 6749, 5.1.</summary>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">For people; good once.</param>
/// <param name="Scope">For partner systems: what was granted, separated by spaces.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken = null,
    [property: JsonPropertyName("scope"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null)
{
    [JsonPropertyName("token_type")]
    public string TokenType => "Bearer";
}
