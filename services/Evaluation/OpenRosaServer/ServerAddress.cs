using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>Where survey apps reach us: absolute and public, as the gateway was asked, for apps follow no relative address.</summary>
public static class ServerAddress
{
    /// <summary>One programme is one project; apps written for servers with several want a number there.</summary>
    public const string Route = OpenRosa.Prefix + "/key/{token}/projects/1";

    public static string Of(HttpRequest request, string token) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}{OpenRosa.Prefix}/key/{token}/projects/1";
}
