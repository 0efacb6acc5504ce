using System.Buffers;
using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace BetterConnections.Enrollment.Workers.Import;

/// <summary>
/// An uploaded file on disk, with its SHA-256. It is there before any work begins, so that a slow client holds no transaction
/// open and memory does not grow with the file; it is gone when disposed, or with the process.
/// </summary>
internal sealed class Upload(FileStream content, byte[] sha256) : IAsyncDisposable
{
    public const long Largest = 200L * 1024 * 1024;
    private static readonly string[] Types = ["text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/octet-stream"];

    /// <summary>At its beginning.</summary>
    public FileStream Content { get; } = content;
    public byte[] Sha256 { get; } = sha256;

    public static async Task<Upload> ReceiveAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!Types.Contains(request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
            throw new Refused(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the CSV file itself as the body, as text/csv.");
        if (request.ContentLength > Largest) throw TooLarge();
        // The server's own limit is made for JSON; here what is read is counted.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;

        var path = Path.Combine(Path.GetTempPath(), $"workers-{Guid.NewGuid():n}.csv");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
            {
                if (file.Length + read > Largest) throw TooLarge();
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            file.Position = 0;
            return new(file, hash.GetHashAndReset());
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Refused TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"A file has at most {Largest / 1024 / 1024} MB; send it in parts.");

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
