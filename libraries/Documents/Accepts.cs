using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Documents;

/// <summary>Which of the forms a document comes in the caller asks for.</summary>
public static class Accepts
{
    /// <summary>The offered media type that the Accept header ranks highest; the first where it is missing or takes anything.</summary>
    public static string Choose(this HttpRequest request, params string[] offered)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0) return offered[0];
        return accepted.Where(a => a.Quality != 0).OrderByDescending(a => a.Quality ?? 1)
            .Select(a => offered.FirstOrDefault(o => a.MatchesAllTypes || a.MediaType == o || (a.MatchesAllSubTypes && o.StartsWith($"{a.Type}/", StringComparison.Ordinal))))
            .FirstOrDefault(o => o is not null)
            ?? throw new Refused(StatusCodes.Status406NotAcceptable, "not_acceptable", $"This comes as {string.Join(", ", offered)}.");
    }
}
