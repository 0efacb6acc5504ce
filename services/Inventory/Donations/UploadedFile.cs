using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Inventory.Donations;

/// <summary>
/// A file taken from a request into a temporary file, since a manifest is read twice and a workbook from its end.
/// The temporary file goes when this is disposed.
/// </summary>
public sealed class UploadedFile : IAsyncDisposable
{
    /// <summary>What a manifest may be sent as, beside <c>text/csv</c>; the content decides how it is read.</summary>
    public static readonly string[] Types =
    [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel", "application/octet-stream", "multipart/form-data",
    ];

    private UploadedFile(FileStream content, string? name, string sha256) => (Content, Name, Sha256) = (content, name, sha256);

    public FileStream Content { get; }
    /// <summary>As the sender called it, without folders.</summary>
    public string? Name { get; }
    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads the body, or the one file of a form, and not a byte more than <paramref name="largest"/> allows.</summary>
    /// <exception cref="Refusal">413 file_too_large; 400 file_missing, more_than_one_file.</exception>
    public static async Task<UploadedFile> ReceiveAsync(HttpRequest request, string? name, long largest, CancellationToken cancel)
    {
        // The server's own limit has no code to answer with, so it gives way to the count below.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        if (request.ContentType is null) throw new Refused(415, "unsupported_media_type", "Say in Content-Type what the file is.");
        // A form has some hundred bytes more than its file; what slips through here is caught below.
        if (request.ContentLength > largest + (request.HasFormContentType ? 4096 : 0)) throw TooLarge(largest);
        if (!request.HasFormContentType) return await SpoolAsync(request.Body, name, largest, cancel);

        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw Missing();
        var form = new MultipartReader(boundary, request.Body);
        UploadedFile? upload = null;
        try
        {
            while (await SentAsync(form.ReadNextSectionAsync(cancel)) is { } section)
                if (section.AsFileSection() is { FileStream: { } content } file)
                    upload = upload is null ? await SpoolAsync(content, name ?? file.FileName, largest, cancel)
                        : throw new BadInput("more_than_one_file", "The form holds more than one file. Send one manifest at a time.");
            return upload ?? throw Missing();
        }
        catch
        {
            if (upload is not null) await upload.DisposeAsync();
            throw;
        }
    }

    private static async Task<UploadedFile> SpoolAsync(Stream body, string? name, long largest, CancellationToken cancel)
    {
        var content = new FileStream(Path.Combine(Path.GetTempPath(), $"manifest-{Guid.NewGuid():n}"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[80 * 1024];
            for (int read; (read = await SentAsync(body.ReadAsync(buffer, 0, buffer.Length, cancel))) > 0;)
            {
                if (content.Length + read > largest) throw TooLarge(largest);
                hash.AppendData(buffer, 0, read);
                await content.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            return new UploadedFile(content, ShortName(name), Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>A form that is malformed or breaks off is the sender's to mend, unlike a full disk here.</summary>
    private static async Task<T> SentAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadInput("request_not_readable", "The upload is malformed or breaks off.");
        }
    }

    private static string? ShortName(string? name)
    {
        name = name is null ? null : ManifestText.Clean(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]);
        return string.IsNullOrEmpty(name) ? null : name[..Math.Min(name.Length, 200)];
    }

    private static Refused TooLarge(long largest) =>
        new(StatusCodes.Status413PayloadTooLarge, ManifestErrors.FileTooLarge, $"The file is larger than {largest / (1024 * 1024)} MB.");

    private static BadInput Missing() => new("file_missing", "The form holds no file.");

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
