using System.Security.Claims;
using BetterConnections.Training.Attachments;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace BetterConnections.Training.Archives;

public static class DownloadArchive
{
    /// <summary>
    /// A version in one language as a ZIP that opens in any browser from a USB stick (<c>index.html</c>), without a server.
    /// The same version and language give the same bytes; <c>If-None-Match</c> answers 304.
    /// </summary>
    public static async Task<Results<PushStreamHttpResult, StatusCodeHttpResult>> OfVersion(Guid id, int number, string? language, TrainingDb db, NpgsqlDataSource database,
        ProgrammeSettings programme, ClaimsPrincipal user, HttpContext http, CancellationToken cancel)
    {
        var version = await db.ToolkitVersions.AsNoTracking().SeenBy(user).WithModules().OneAsync(id, number, cancel);
        var wanted = programme.Wanted(language, version.Toolkit.DefaultLanguage);
        var archive = new Archive([.. ToolkitPages.Of(version, wanted, programme, folder: "", upTo: null), .. await FilesAsync(db, database, version, "", cancel)],
            new { toolkit = version.Toolkit.Code, version = number, publishedAt = version.PublishedAt, language = wanted });
        return Send(archive, $"{version.Toolkit.Code}-v{number}-{wanted}.zip", http);
    }

    /// <summary>Every published toolkit for <paramref name="audience"/> (workers where it is left out) as one ZIP.</summary>
    public static async Task<Results<PushStreamHttpResult, StatusCodeHttpResult>> OfAllTopics(string? language, Audience? audience, TrainingDb db, NpgsqlDataSource database,
        ProgrammeSettings programme, HttpContext http, CancellationToken cancel)
    {
        var (wanted, whose) = (programme.Wanted(language, programme.Languages[0]), audience ?? Audience.Workers);
        var topics = programme.Topics.ToList();
        var versions = (await db.ToolkitVersions.AsNoTracking().Where(v => v.State == VersionState.Published && v.Toolkit.Audience == whose)
                .Include(v => v.Toolkit).Include(v => v.Texts).WithModules().ToListAsync(cancel))
            .OrderBy(v => topics.IndexOf(v.Toolkit.Topic)).ThenBy(v => v.Toolkit.Code, StringComparer.Ordinal).ToList();

        List<ArchiveFile> files = [.. TopicsPage.Of(versions, wanted, programme)];
        foreach (var version in versions)
        {
            var folder = version.Toolkit.Code + "/";
            files.AddRange([.. ToolkitPages.Of(version, wanted, programme, folder, upTo: "../index.html"), .. await FilesAsync(db, database, version, folder, cancel)]);
        }
        var archive = new Archive(files, new { language = wanted, audience = whose.Word(), toolkits = versions.Select(v => new { v.Toolkit.Code, version = v.Number, v.PublishedAt }) });
        return Send(archive, $"{whose.Word()}-{wanted}.zip", http);
    }

    private static async Task<List<ArchiveFile>> FilesAsync(TrainingDb db, NpgsqlDataSource database, ToolkitVersion version, string folder, CancellationToken cancel)
    {
        var attachments = await db.Attachments.AsNoTracking().Where(a => a.VersionId == version.Id).Include(a => a.Content).ToListAsync(cancel);
        return [.. attachments.OrderBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => new ArchiveFile(folder + LessonMarkdown.Folder + a.Name, a.Sha256, a.Content.Bytes, () => new ContentStream(database, a.Sha256, a.Content.Bytes)))];
    }

    private static Results<PushStreamHttpResult, StatusCodeHttpResult> Send(Archive archive, string name, HttpContext http)
    {
        var tag = new EntityTagHeaderValue($"\"{archive.Tag}\"");
        http.Response.GetTypedHeaders().ETag = tag;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        // ZipArchive ends each file with a few bytes that it writes synchronously, in its asynchronous use too (.NET 10).
        if (http.Features.Get<IHttpBodyControlFeature>() is { } body) body.AllowSynchronousIO = true;
        return TypedResults.Stream(to => archive.WriteAsync(to, http.RequestAborted), "application/zip", name);
    }
}
