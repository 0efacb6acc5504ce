using System.Security.Cryptography;
using System.Text;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Webhooks;

/// <param name="Status">Null where no answer came.</param>
/// <param name="Error">Null for a success.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
public sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter)
{
    public bool IsDelivered => Error is null;
    public bool IsGone => Status == StatusCodes.Status410Gone;
}

/// <summary>Sends one message once, signed as Standard Webhooks 1.0 says. Follows no redirect, uses no proxy and reads no body.</summary>
public sealed class WebhookSender(WebhookSettings settings, KeySeal seal, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a partner may move to another address
        MaxResponseHeadersLength = 16,
        ConnectCallback = settings.AllowLocal ? null : PublicAddresses.ConnectAsync,
        // The programme's own trace goes on in the programme, not at a partner's.
        ActivityHeadersPropagator = null,
    })
    { Timeout = settings.AnswerWithin };

    public async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, WebhookMessage message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds().ToString();
        var signed = Encoding.UTF8.GetBytes($"{message.WebhookId}.{timestamp}.{message.Body}");
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new StringContent(message.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", message.WebhookId);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature",
            string.Join(' ', endpoint.SigningSecrets(seal, now).Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}")));
        request.Headers.UserAgent.ParseAdd("BetterConnections-Webhooks/1.0");
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
            return new((int)response.StatusCode, response.IsSuccessStatusCode ? null : $"answered {(int)response.StatusCode}", wait);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, $"no answer within {settings.AnswerWithin.TotalSeconds:0} s", null);
        }
        catch (HttpRequestException e)
        {
            return new(null, e.HttpRequestError == HttpRequestError.Unknown ? e.Message : $"{e.HttpRequestError}: {e.Message}", null);
        }
    }

    public void Dispose() => _client.Dispose();
}
