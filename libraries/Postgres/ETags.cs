using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Postgres;

/// <summary>Strong ETags from the row version (<c>xmin</c>): who changes a thing must have seen its latest state (RFC 9110, RFC 6585).</summary>
public static class ETags
{
    public static void SetETag(this HttpResponse response, uint version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>Refuses a change without <c>If-Match</c> (428) or with a stale one (412). Call it before changing the loaded row.</summary>
    public static void RequireMatch(this HttpRequest request, uint version)
    {
        var given = request.Headers.IfMatch.ToString();
        if (given.Length == 0)
            throw new Refused(StatusCodes.Status428PreconditionRequired, "if_match_required", "Send If-Match with the ETag you read.");
        if (given != $"\"{version}\"" && given != "*")
            throw new Refused(StatusCodes.Status412PreconditionFailed, "etag_stale", "Someone changed this meanwhile. Read it again and repeat the change.");
    }
}
