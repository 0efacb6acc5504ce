using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace BetterConnections.Training.Attachments;

public static class ReadAttachment
{
    /// <summary>In parts too (<c>Range</c>), as players ask for films. A browser is told neither to guess the type nor to run anything in it.</summary>
    public static async Task<FileStreamHttpResult> Handle(Guid id, int number, string name, TrainingDb db, NpgsqlDataSource database, ClaimsPrincipal user,
        HttpResponse response, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).OneAsync(id, number, cancel);
        var attachment = await db.Attachments.AsNoTracking().Where(a => a.VersionId == version.Id && a.Name == name)
            .Select(a => new { a.Sha256, a.Content.ContentType, a.Content.Bytes }).SingleOrDefaultAsync(cancel) ?? throw Unknown(name);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(new ContentStream(database, attachment.Sha256, attachment.Bytes), attachment.ContentType, fileDownloadName: name,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(attachment.Sha256)}\""), enableRangeProcessing: true);
    }

    internal static NotThere Unknown(string name) => new("attachment_unknown", $"This version has no attachment '{name}'.");
}
