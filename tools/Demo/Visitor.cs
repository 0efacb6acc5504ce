using System.Net;
using System.Text;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>Somebody without an account: a calendar program, or whoever was handed a certificate.</summary>
internal sealed class Visitor(HttpClient gateway)
{
    public async Task<string> ReadAsync(string address, string accept = "application/json") => Encoding.UTF8.GetString(await FileAsync(address, accept));

    public async Task<byte[]> FileAsync(string address, string accept)
    {
        var (status, body) = await AskAsync(HttpMethod.Get, address, accept, null);
        return status == HttpStatusCode.OK ? body : throw new DemoFailed($"A visitor: GET {address} answered {(int)status}: {Encoding.UTF8.GetString(body)}");
    }

    /// <summary>The code that the answer to a text has, whether it is a refusal or not.</summary>
    public async Task<string> CodeOfAsync(string address, string text)
    {
        var (_, body) = await AskAsync(HttpMethod.Post, address, "application/json", text);
        return JsonSerializer.Deserialize<JsonElement>(body).Text("code");
    }

    public async Task<bool> IsThereAsync(string address) => (await AskAsync(HttpMethod.Get, address, "*/*", null)).Status != HttpStatusCode.NotFound;

    private async Task<(HttpStatusCode Status, byte[] Body)> AskAsync(HttpMethod method, string address, string accept, string? text)
    {
        while (true)
        {
            using var message = new HttpRequestMessage(method, address) { Headers = { { "Accept", accept } } };
            if (text is not null) message.Content = new StringContent(text, Encoding.UTF8, "text/plain");
            using var response = await gateway.SendAsync(message);
            if (response.StatusCode != HttpStatusCode.TooManyRequests) return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }
}
