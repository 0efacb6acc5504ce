using System.Text.Json;
using System.Text.RegularExpressions;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>What is wrong with an answer, whatever was asked.</summary>
public static partial class Judge
{
    /// <summary>Null where nothing is.</summary>
    public static string? WrongWith(Shooting answer) => answer switch
    {
        { Status: 0 } => "no answer",
        { Status: >= 500 } => "a failure of ours",
        { Status: < 400, Shot.MustRefuse: true } => "taken, though it had to be refused",
        _ when answer.Shot.By.MayNotSee(answer.Body) => "tells of another tenant",
        { Status: >= 400 } when Inside().IsMatch(answer.Body) => "tells of our insides",
        { Status: >= 400 } when !IsExplained(answer) => "a refusal without a code",
        _ => null,
    };

    private static bool IsExplained(Shooting answer) => answer switch
    {
        { Shot.Method: "HEAD" } => true, // has no body
        { MediaType: "application/problem+json" } => JsonDocument.Parse(answer.Body).RootElement is var problem
            && problem.TryGetProperty("code", out var code) && Code().IsMatch(code.GetString()!) && problem.TryGetProperty("traceId", out _),
        { MediaType: "application/json" } => answer.Shot.Url.StartsWith("/connect/", StringComparison.Ordinal) && answer.Body.Contains("\"error\":"), // RFC 6749
        { Status: 400 or 414 or 431, Body: "" } => IsNoHttp(answer.Shot), // the web server itself
        _ => false,
    };

    private static bool IsNoHttp(Shot shot) => shot.Url.Contains("%00") || shot.Url.Length > 8000 || shot.Headers.Any(h => h.Value.Any(c => c is < ' ' or > '~'));

    [GeneratedRegex("^[a-z0-9_]{3,}$")]
    private static partial Regex Code();

    [GeneratedRegex(@"   at \w+\.|\w+Exception\b|Npgsql|Microsoft\.AspNetCore|Microsoft\.EntityFramework|System\.\w+\.")]
    private static partial Regex Inside();
}
