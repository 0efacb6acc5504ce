using System.Text;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>
/// The multipart request of a survey app: the form's XML, its files, and the mark that more files follow. Files go through temporary
/// ones, since a hundred phones with photographs do not fit into memory.
/// </summary>
public sealed class SubmissionUpload : IAsyncDisposable
{
    public const int LargestXml = 5 * 1024 * 1024;
    private const int MostParts = 200, LongestField = 100;
    private readonly List<UploadedFile> _files = [];

    private SubmissionUpload() { }

    public byte[] Xml { get; private set; } = null!;
    public IReadOnlyList<UploadedFile> Files => _files;
    /// <summary>False: the app splits what it sends, and this is not the last request of it.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <exception cref="Refusal">415 unsupported_media_type; 413 request_too_large; 400 multipart_not_readable and others.</exception>
    public static async Task<SubmissionUpload> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new Refused(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the form as multipart/form-data.");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = OpenRosa.LargestRequest;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200) throw NotReadable();

        var upload = new SubmissionUpload();
        try
        {
            var (reader, budget, parts) = (new MultipartReader(boundary, request.Body), OpenRosa.LargestRequest, 0);
            while (await SentAsync(reader.ReadNextSectionAsync(cancel)) is { } section)
            {
                if (++parts > MostParts) throw new BadInput("multipart_not_readable", $"A request has at most {MostParts} parts.");
                budget -= await upload.TakeAsync(section, budget, cancel);
            }
            return upload.Xml is null ? throw new BadInput("submission_missing", "The request holds no part xml_submission_file.") : upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    /// <summary>A request that is malformed or breaks off is the sender's to mend, unlike what our own disk does. A body over the server's limit has its own answer.</summary>
    internal static async Task<T> SentAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception broken) when (broken is (InvalidDataException or IOException or FormatException) and not BadHttpRequestException)
        {
            throw NotReadable();
        }
    }

    /// <returns>Bytes read.</returns>
    private async Task<long> TakeAsync(MultipartSection section, long budget, CancellationToken cancel)
    {
        if (section.GetContentDispositionHeader() is not { } disposition || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)) throw NotReadable();
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (name == "xml_submission_file")
        {
            if (Xml is not null) throw new BadInput("submission_more_than_one", "The request holds more than one form.");
            if (section.ContentType is { } type && !IsXml(type)) throw new BadInput("xml_media_type", "The form is text/xml.");
            Xml = await ReadSmallAsync(section.Body, Math.Min(budget, LargestXml), cancel);
            return Xml.Length;
        }
        if (name == "*isIncomplete*")
        {
            var value = await ReadSmallAsync(section.Body, LongestField, cancel);
            if (Encoding.UTF8.GetString(value).Trim() == "yes") IsComplete = false;
            return value.Length;
        }
        var file = await UploadedFile.SpoolAsync(section, NameOf(disposition, name), budget, cancel);
        _files.Add(file);
        return file.Size;
    }

    private static bool IsXml(string type) =>
        MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType.Value?.ToLowerInvariant() is "text/xml" or "application/xml";

    /// <summary>The part's name and its file name are both the value of the form's node; the file name carries it in UTF-8.</summary>
    private static string NameOf(ContentDispositionHeaderValue disposition, string name)
    {
        var given = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var file = given.HasValue && given.Length > 0 ? HeaderUtilities.RemoveQuotes(given).ToString() : name;
        file = file[(file.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return file.Length is > 0 and <= 255 && file is not ("." or "..") && !file.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? file
            : throw new BadInput("attachment_name_not_valid", "A file has no name or one that cannot be kept.");
    }

    private static async Task<byte[]> ReadSmallAsync(Stream body, long most, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await SentAsync(body.ReadAsync(buffer, 0, buffer.Length, cancel))) > 0;)
        {
            if (content.Length + read > most) throw TooLarge();
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    internal static Refused TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request is larger than this server takes.");

    private static BadInput NotReadable() => new("multipart_not_readable", "The request is damaged or broke off. Send it again.");

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files) await file.DisposeAsync();
    }
}
