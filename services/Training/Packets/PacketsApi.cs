namespace BetterConnections.Training.Packets;

/// <summary>Information packets: what anybody may read before signing up.</summary>
public static class PacketsApi
{
    public static void MapPackets(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/training/public/packets/{audience}", ReadPacket.Handle).WithTags("Packets").AllowAnonymous();
}
