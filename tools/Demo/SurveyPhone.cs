using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace BetterConnections.Demo;

/// <summary>
/// A phone with a survey app, made ready by a collector's address: it fetches forms with their lists and compares their hashes, fills
/// them without a network, and sends each interview until it hears that it is stored.
/// </summary>
internal sealed class SurveyPhone(HttpClient gateway, string serverUrl, string device)
{
    private static readonly XNamespace List = "http://openrosa.org/xforms/xformsList", Manifest = "http://openrosa.org/xforms/xformsManifest";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, SurveyForm> _forms = [];

    public SurveyForm Form(string formId) => _forms[formId];

    /// <summary>All forms of its list, newly fetched.</summary>
    public async Task<bool> UpdateAsync()
    {
        foreach (var form in (await DocumentAsync($"{serverUrl}/formList")).Elements(List + "xform"))
        {
            var xform = await CheckedAsync(form, List);
            var pseudonyms = new Dictionary<string, string>();
            if (form.Element(List + "manifestUrl") is { } manifest)
                foreach (var file in (await DocumentAsync(manifest.Value)).Elements(Manifest + "mediaFile"))
                    if (await CheckedAsync(file, Manifest) is var csv && file.Element(Manifest + "filename")!.Value == "workers.csv") pseudonyms = Workers(csv);
            _forms[form.Element(List + "formID")!.Value] = new(xform, pseudonyms);
        }
        return _forms.Count > 0;
    }

    public Task<Interview> SendAsync(Interview interview) => SendAsync(interview, HttpStatusCode.Created);

    /// <summary>Sends what must not be stored, and expects this answer.</summary>
    public Task RefusedAsync(Interview interview, HttpStatusCode status) => SendAsync(interview, status);

    private async Task<Interview> SendAsync(Interview interview, HttpStatusCode expected)
    {
        using var response = await AskAsync(HttpMethod.Post, $"{serverUrl}/submission", () => new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(interview.Xml)) { Headers = { ContentType = new("text/xml") } }, "xml_submission_file", "submission.xml" },
        });
        return response.StatusCode == expected ? interview
            : throw new DemoFailed($"{device}: an interview was answered {(int)response.StatusCode} and not {(int)expected}: {await response.Content.ReadAsStringAsync()}");
    }

    private async Task<string> CheckedAsync(XElement listed, XNamespace list)
    {
        using var response = await AskAsync(HttpMethod.Get, listed.Element(list + "downloadUrl")!.Value);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Story.Expect($"md5:{Convert.ToHexStringLower(MD5.HashData(bytes))}" == listed.Element(list + "hash")!.Value, "what a phone fetches has the hash that it was listed with");
        return Encoding.UTF8.GetString(bytes);
    }

    private async Task<XElement> DocumentAsync(string address)
    {
        using var response = await AskAsync(HttpMethod.Get, address);
        return response.IsSuccessStatusCode ? XDocument.Parse(await response.Content.ReadAsStringAsync()).Root! : throw new DemoFailed($"{device}: {(int)response.StatusCode} for a list");
    }

    /// <summary>Card and pseudonym; the lists have neither quotes nor commas in their fields.</summary>
    private static Dictionary<string, string> Workers(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        var (name, card) = (Array.IndexOf(columns, "name"), Array.IndexOf(columns, "card"));
        return lines.Skip(1).Select(l => l.Split(',')).ToDictionary(f => f[card], f => f[name]);
    }

    /// <summary>Until there is an answer that does not ask to come again; the same bytes may arrive twice.</summary>
    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, Func<HttpContent>? content = null)
    {
        for (var until = DateTimeOffset.UtcNow + Patience; ;)
        {
            using var request = new HttpRequestMessage(method, $"{address}?deviceID={device}") { Content = content?.Invoke(), Headers = { { "X-OpenRosa-Version", "1.0" } } };
            HttpResponseMessage? response = null;
            try
            {
                response = await gateway.SendAsync(request);
                if (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500) return response;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && DateTimeOffset.UtcNow < until)
            {
                // The answer is lost; it may be stored.
            }
            if (DateTimeOffset.UtcNow > until) throw new DemoFailed($"{device}: no answer in {Patience.TotalSeconds} s.");
            await Task.Delay(response?.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            response?.Dispose();
        }
    }
}
