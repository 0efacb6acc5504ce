using System.Security.Cryptography;
using BetterConnections.Documents;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>One file of a request, in a temporary file that goes when this is disposed.</summary>
public sealed class UploadedFile : IAsyncDisposable
{
    private readonly FileStream _content;

    private UploadedFile(string name, string contentType, FileStream content, byte[] sha256) =>
        (Name, ContentType, _content, Sha256) = (name, contentType, content, sha256);

    public string Name { get; }
    /// <summary>As the first bytes say.</summary>
    public string ContentType { get; }
    public byte[] Sha256 { get; }
    public long Size => _content.Length;

    public static async Task<UploadedFile> SpoolAsync(MultipartSection section, string name, long most, CancellationToken cancel)
    {
        var content = new FileStream(Path.Combine(Path.GetTempPath(), $"submission-{Guid.NewGuid():n}"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[64 * 1024];
            var read = await SubmissionUpload.SentAsync(section.Body.ReadAtLeastAsync(buffer, FileSignature.Length, throwOnEndOfStream: false, cancel).AsTask());
            var type = AttachmentTypes.Of(MediaTypeHeaderValue.TryParse(section.ContentType, out var given) ? given.MediaType.ToString() : null,
                buffer.AsSpan(0, Math.Min(read, FileSignature.Length)));
            for (; read > 0; read = await SubmissionUpload.SentAsync(section.Body.ReadAsync(buffer, 0, buffer.Length, cancel)))
            {
                if (content.Length + read > most) throw SubmissionUpload.TooLarge();
                hash.AppendData(buffer, 0, read);
                await content.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            return new(name, type, content, hash.GetHashAndReset());
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>From the beginning.</summary>
    public Stream Open()
    {
        _content.Position = 0;
        return _content;
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
