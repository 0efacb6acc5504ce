using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

public sealed record ListedForm(string FormId, string Name, string? Version, string Hash, string DownloadUrl, string? ManifestUrl);

public sealed record MediaFile(string Name, string Content);

/// <param name="Message">What the person at the phone reads.</param>
public sealed record SubmissionAnswer(HttpStatusCode Status, string? Nature, string? Message)
{
    /// <summary>Anything else, 200 and 204 too, is a failure to Collect.</summary>
    public bool IsSuccess => Status is HttpStatusCode.Created or HttpStatusCode.Accepted;
}

/// <summary>
/// ODK Collect's own rules, as its sources have them: how it builds addresses, what it sends with every request, which answers it
/// takes for an OpenRosa server's and which for a proxy's, what makes it drop a list or a download, what is a success.
/// </summary>
public sealed class CollectDouble(HttpClient client, string serverUrl)
{
    private static readonly XNamespace List = "http://openrosa.org/xforms/xformsList", Manifest = "http://openrosa.org/xforms/xformsManifest",
        Envelope = "http://openrosa.org/http/response";

    private readonly string _server = serverUrl.TrimEnd('/');

    public string Language { get; init; } = "en";

    public async Task<IReadOnlyList<ListedForm>> FormListAsync(string query = "")
    {
        var list = await DocumentAsync($"{_server}/formList{query}");
        Assert.Equal(List + "xforms", list.Name);
        // One entry that lacks one of these, and Collect throws the whole list away.
        return [.. list.Elements(List + "xform").Select(f => new ListedForm(f.Element(List + "formID")!.Value, f.Element(List + "name")!.Value, f.Element(List + "version")?.Value,
            f.Element(List + "hash")!.Value, f.Element(List + "downloadUrl")!.Value, f.Element(List + "manifestUrl")?.Value))];
    }

    /// <summary>The form, its hash compared with the list's, and its files, their hashes compared with the manifest's.</summary>
    public async Task<(string Xform, IReadOnlyList<MediaFile> Files)> DownloadAsync(ListedForm form)
    {
        var xform = await BytesAsync(form.DownloadUrl);
        Assert.Equal(form.Hash, Md5(xform)); // else an update is offered for ever
        var files = new List<MediaFile>();
        if (form.ManifestUrl is not null)
            foreach (var file in (await DocumentAsync(form.ManifestUrl)).Elements(Manifest + "mediaFile"))
            {
                var content = await BytesAsync(file.Element(Manifest + "downloadUrl")!.Value);
                Assert.Equal(file.Element(Manifest + "hash")!.Value, Md5(content));
                files.Add(new(file.Element(Manifest + "filename")!.Value.Split('/')[^1], Encoding.UTF8.GetString(content)));
            }
        return (Encoding.UTF8.GetString(xform), files);
    }

    /// <param name="xml">The filled form.</param>
    /// <param name="incomplete">More files follow in another request with the same form.</param>
    /// <param name="files">Name and content.</param>
    public async Task<SubmissionAnswer> SubmitAsync(string xml, bool incomplete = false, params (string Name, byte[] Content)[] files)
    {
        var head = await SendAsync(HttpMethod.Head, $"{_server}/submission");
        if ((int)head.StatusCode is >= 200 and < 300) Assert.Equal(HttpStatusCode.NoContent, head.StatusCode); // else: "If you have a web proxy…"

        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(xml)) { Headers = { ContentType = new("text/xml") } }, "xml_submission_file", "submission.xml" },
        };
        foreach (var (name, content) in files)
            form.Add(new ByteArrayContent(content) { Headers = { ContentType = new("image/jpeg"), ContentDisposition = Disposition(name) } });
        if (incomplete) form.Add(new StringContent("yes"), "*isIncomplete*");
        return await AnswerAsync(await SendAsync(HttpMethod.Post, $"{_server}/submission", form));
    }

    /// <summary>The answer to a request of any kind, read as Collect reads it.</summary>
    public async Task<SubmissionAnswer> PostAsync(HttpContent content) => await AnswerAsync(await SendAsync(HttpMethod.Post, $"{_server}/submission", content));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null)
    {
        // Collect adds its device to every address.
        var request = new HttpRequestMessage(method, $"{address}{(address.Contains('?') ? '&' : '?')}deviceID=collect%3Aabc") { Content = content };
        request.Headers.Add("X-OpenRosa-Version", "1.0");
        request.Headers.TryAddWithoutValidation("Date", "Sun, 22 نوف 2026 09:15:00 GMT+03:00");
        request.Headers.AcceptEncoding.Add(new("gzip"));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(Language));
        if (content is not null) request.Headers.TransferEncodingChunked = true;
        return await UnpackedAsync(await client.SendAsync(request));
    }

    /// <summary>OkHttp asks for gzip by itself, and unpacks by itself what comes so.</summary>
    private static async Task<HttpResponseMessage> UnpackedAsync(HttpResponseMessage answer)
    {
        if (!answer.Content.Headers.ContentEncoding.Contains("gzip")) return answer;
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress)) await gzip.CopyToAsync(unpacked);
        var type = answer.Content.Headers.ContentType;
        answer.Content = new ByteArrayContent(unpacked.ToArray());
        answer.Content.Headers.ContentType = type;
        return answer;
    }

    private static async Task<SubmissionAnswer> AnswerAsync(HttpResponseMessage answer)
    {
        Assert.Equal("text/xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("1.0", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Version")));
        Assert.Equal("100000000", Assert.Single(answer.Headers.GetValues("X-OpenRosa-Accept-Content-Length")));
        var envelope = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(Envelope + "OpenRosaResponse", envelope.Name);
        var message = envelope.Element(Envelope + "message")!;
        return new(answer.StatusCode, (string?)message.Attribute("nature"), message.Value);
    }

    private async Task<XElement> DocumentAsync(string address)
    {
        var answer = await SendAsync(HttpMethod.Get, address);
        Assert.True(answer.IsSuccessStatusCode, $"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        Assert.Contains("text/xml", answer.Content.Headers.ContentType!.ToString()); // else: "often caused by a network proxy"
        Assert.True(answer.Headers.Contains("X-OpenRosa-Version"), "Without the header it is no OpenRosa server.");
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
    }

    private async Task<byte[]> BytesAsync(string address)
    {
        var answer = await SendAsync(HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>OkHttp writes names in UTF-8 as they are.</summary>
    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = $"\"{name}\"", FileNameStar = name };

    private static string Md5(byte[] bytes) => "md5:" + Convert.ToHexStringLower(MD5.HashData(bytes));
}
