using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Archives;

public static class ArchivesApi
{
    public static void MapArchives(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/training").WithTags("Archives").RequireAuthorization(Access.For("training.read", [.. Roles.All]));
        read.MapGet("/toolkits/{id:guid}/versions/{number:int}/archive", DownloadArchive.OfVersion);
        read.MapGet("/archive", DownloadArchive.OfAllTopics);
    }
}
