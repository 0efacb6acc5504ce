using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>
/// Somebody who works with the system, through the gateway's public API and with no more rights than the role has.
/// A request that is told to wait, or whose answer is lost, is repeated with the same Idempotency-Key: it happens once.
/// </summary>
internal sealed class Person(HttpClient gateway, string userName, string password)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private string? _token;
    private DateTimeOffset _renewAt;

    public string UserName => userName;

    public Task<JsonElement> GetAsync(string path) => SendAsync(() => new(HttpMethod.Get, path));

    public Task<JsonElement> PostAsync(string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString();
        return SendAsync(() => new(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }), Headers = { { "Idempotency-Key", key } } });
    }

    /// <summary>Replaces something, whatever it is by now.</summary>
    public Task<JsonElement> PutAsync(string path, object body) =>
        SendAsync(() => new(HttpMethod.Put, path) { Content = JsonContent.Create(body), Headers = { { "If-Match", "*" } } });

    /// <summary>Tries what must not be, and expects to be refused with this code.</summary>
    public async Task RefusedAsync(string path, object body, string code)
    {
        if (await SendAsync(() => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, refusal: code) is { ValueKind: not JsonValueKind.Undefined } done)
            throw new DemoFailed($"{userName}: POST {path} was to be refused as {code}, and was done: {done}");
    }

    /// <summary>A file.</summary>
    public async Task<byte[]> DownloadAsync(string path)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", await TokenAsync()) } };
        using var response = await TryAsync(message);
        return response is { IsSuccessStatusCode: true } ? await response.Content.ReadAsByteArrayAsync()
            : throw new DemoFailed($"{userName}: GET {path} answered {(int?)response?.StatusCode}");
    }

    /// <summary>A file; the services know one that comes twice by its content.</summary>
    public Task<JsonElement> UploadAsync(string path, byte[] file, string type, HttpMethod? method = null) => SendAsync(() =>
        new(method ?? HttpMethod.Post, path) { Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } });

    /// <summary>Asks again until it is so: what crosses services takes a moment.</summary>
    public async Task<JsonElement> WaitForAsync(string path, Func<JsonElement, bool> wanted, string what)
    {
        for (var until = DateTimeOffset.UtcNow + Patience; DateTimeOffset.UtcNow < until; await Task.Delay(100))
            if (await SendAsync(() => new(HttpMethod.Get, path), notThereYet: true) is var answer && answer.ValueKind != JsonValueKind.Undefined && wanted(answer)) return answer;
        throw new DemoFailed($"Waited {Patience.TotalSeconds} s in vain for {what}.");
    }

    /// <summary>All pages of a list.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=200{(after is null ? "" : $"&after={after}")}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
            if (after is null) return items;
        }
    }

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> request, bool notThereYet = false, string? refusal = null)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            using var message = request();
            message.Headers.Authorization = new("Bearer", await TokenAsync());
            using var response = await TryAsync(message);
            if (response is { IsSuccessStatusCode: true }) return await ReadAsync(response);
            if (notThereYet && response?.StatusCode == HttpStatusCode.NotFound) return default;
            if (refusal is not null && response is { StatusCode: not HttpStatusCode.TooManyRequests } && await CodeAsync(response) == refusal) return default;
            if (!(WorthRepeating(response) || await CodeAsync(response!) is "idempotency_key_in_flight" or "changed_meanwhile") || DateTimeOffset.UtcNow > until)
                throw new DemoFailed($"{userName}: {message.Method} {message.RequestUri} answered {(int?)response?.StatusCode}: {(response is null ? "nothing" : await response.Content.ReadAsStringAsync())}");
            await Task.Delay(response?.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private async Task<HttpResponseMessage?> TryAsync(HttpRequestMessage message)
    {
        try
        {
            return await gateway.SendAsync(message);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null; // the answer is lost; the work may be done
        }
    }

    private static bool WorthRepeating(HttpResponseMessage? response) =>
        response is null || response.StatusCode is HttpStatusCode.TooManyRequests || (int)response.StatusCode is 502 or 503 or 504;

    /// <summary>Of a problem document. Of the two that pass by themselves nothing was done: the first try, whose answer was lost, still runs, or somebody else was quicker.</summary>
    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        await ReadAsync(response) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("code", out var code) ? code.GetString() : null;

    private async Task<string> TokenAsync()
    {
        if (_token is not null && DateTimeOffset.UtcNow < _renewAt) return _token;
        var until = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = userName, ["password"] = password }),
            };
            using var response = await TryAsync(message);
            if (response is { IsSuccessStatusCode: true })
            {
                var answer = await ReadAsync(response);
                _renewAt = DateTimeOffset.UtcNow.AddSeconds(answer.GetProperty("expires_in").GetInt32() - 60);
                return _token = answer.Text("access_token");
            }
            if (!WorthRepeating(response) || DateTimeOffset.UtcNow > until)
                throw new DemoFailed($"{userName} could not sign in: {(response is null ? "no answer" : await response.Content.ReadAsStringAsync())}");
            await Task.Delay(response?.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

/// <summary>Something was not as it should be; the demonstration is the end-to-end test and ends with exit code 1.</summary>
internal sealed class DemoFailed(string sentence) : Exception(sentence);

internal static class Answers
{
    public static string Text(this JsonElement answer, string name) => answer.GetProperty(name).GetString()!;
    public static Guid Id(this JsonElement answer, string name = "id") => answer.GetProperty(name).GetGuid();
    public static int Number(this JsonElement answer, string name) => answer.GetProperty(name).GetInt32();
    public static IEnumerable<JsonElement> Each(this JsonElement answer, string name) => answer.GetProperty(name).EnumerateArray();

    /// <summary>Of a scan report: every beep was done, or the demonstration has failed.</summary>
    public static JsonElement AllDone(this JsonElement report)
    {
        if (report.Number("refused") == 0) return report;
        throw new DemoFailed("A scan was refused: " + report.Each("results").First(r => !r.GetProperty("done").GetBoolean()));
    }
}
