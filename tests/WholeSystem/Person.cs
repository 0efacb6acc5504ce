using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.WholeSystems;

/// <summary>A definite answer: done, or refused for a reason that does not pass by itself.</summary>
public sealed record Answer(string Request, HttpStatusCode Status, string Body, bool IsReplay)
{
    public string Code => JsonDocument.Parse(Body).RootElement.GetProperty("code").GetString()!;

    public bool IsDone => (int)Status is >= 200 and < 300;

    public void Read() => Assert.True(IsDone, $"{Request} answered {(int)Status}: {Body}");

    public T Read<T>()
    {
        Read();
        return JsonSerializer.Deserialize<T>(Body, HttpSteps.Json)!;
    }
}

/// <summary>
/// Somebody signed in, with a client as every client of the system should be: each write has an Idempotency-Key and is repeated with
/// the same key until the answer is definite. While something is away, only problem documents of 502, 503 and 504 may be heard.
/// </summary>
/// <param name="isSystem">A partner's system: its name is its <c>client_id</c>, its password its secret.</param>
public sealed class Person(HttpClient http, Uri gateway, string userName, string password, bool isSystem = false)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Passing = ["idempotency_key_in_flight", "changed_meanwhile"];

    private int _acknowledged;
    private string? _token;
    private DateTime _signInAgainAt;

    public string UserName => userName;
    public string Password => password;

    /// <summary>How many writes were answered as done.</summary>
    public int Acknowledged => _acknowledged;

    public async Task<T> GetAsync<T>(string path) => (await AnswerAsync(HttpMethod.Get, path, null, null)).Read<T>();

    public async Task<T> PostAsync<T>(string path, object? body = null) => (await TryPostAsync(path, body)).Read<T>();

    /// <summary>Also when it is refused.</summary>
    public Task<Answer> TryPostAsync(string path, object? body = null, string? idempotencyKey = null) =>
        AnswerAsync(HttpMethod.Post, path, body ?? new { }, idempotencyKey ?? Guid.NewGuid().ToString());

    public Task<Answer> TryGetAsync(string path) => AnswerAsync(HttpMethod.Get, path, null, null);

    /// <summary>As <see cref="PostAsync{T}"/>, as a part of the caller's trace.</summary>
    /// <param name="traceParent">W3C trace context; its flags decide whether the trace is recorded.</param>
    public Task<Answer> PostTracedAsync(string path, string traceParent) => UntilDefiniteAsync(async () =>
    {
        var request = await RequestAsync(HttpMethod.Post, path, new { });
        request.Headers.Add("traceparent", traceParent);
        return request;
    });

    /// <summary>A file as the body; uploads are recognised by their content and need no key.</summary>
    public Task<Answer> UploadAsync(string path, byte[] file, string type) => UntilDefiniteAsync(async () =>
    {
        var request = await RequestAsync(HttpMethod.Post, path, null);
        request.Content = new ByteArrayContent(file) { Headers = { ContentType = new(type) } };
        return request;
    });

    /// <summary>Registers itself; the answer does not tell whether the name was free, so it can be asked again.</summary>
    public async Task<Person> RegisterAsync(string role)
    {
        (await AnonymouslyAsync("/api/identity/registrations", new { userName, password, role })).Read();
        return this;
    }

    /// <summary>Chooses its password in the place of the one that was handed out. Refused, it may have been chosen before and the answer lost; signing in tells.</summary>
    public async Task<Person> ChooseInPlaceOfAsync(string oneTimePassword)
    {
        var answer = await AnonymouslyAsync("/api/identity/me/password", new { userName, currentPassword = oneTimePassword, newPassword = password });
        if (!answer.IsDone) await TokenAsync();
        return this;
    }

    private Task<Answer> AnonymouslyAsync(string path, object body) => UntilDefiniteAsync(() =>
        Task.FromResult(new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, path)) { Content = JsonContent.Create(body) }));

    /// <summary>The access token; signs in when there is none or it ends soon.</summary>
    public async Task<string> TokenAsync()
    {
        if (_token is not null && DateTime.UtcNow < _signInAgainAt) return _token;
        var answer = await UntilDefiniteAsync(() => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/connect/token"))
        {
            Content = new FormUrlEncodedContent(isSystem
                ? [new("grant_type", "client_credentials"), new("client_id", userName), new("client_secret", password)]
                : [new("grant_type", "password"), new("username", userName), new("password", password)]),
        }));
        var token = answer.Read<JsonElement>();
        _signInAgainAt = DateTime.UtcNow.AddSeconds(token.GetProperty("expires_in").GetInt32() / 2.0);
        return _token = token.GetProperty("access_token").GetString()!;
    }

    private Task<Answer> AnswerAsync(HttpMethod method, string path, object? body, string? idempotencyKey) => UntilDefiniteAsync(async () =>
    {
        var request = await RequestAsync(method, path, body);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    });

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, object? body) => new(method, new Uri(gateway, path))
    {
        Content = body is null ? null : JsonContent.Create(body, options: HttpSteps.Json),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync()) },
    };

    private async Task<Answer> UntilDefiniteAsync(Func<Task<HttpRequestMessage>> ask)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            using var request = await ask();
            var (answer, wait, why) = await OnceAsync(request);
            if (answer is not null) return answer;
            if (deadline.IsCancellationRequested) throw new TimeoutException($"Nothing else for {Patience.TotalMinutes} minutes: {why}");
            await Task.Delay(wait);
        }
    }

    private async Task<(Answer?, TimeSpan Wait, string Why)> OnceAsync(HttpRequestMessage request)
    {
        var soon = TimeSpan.FromMilliseconds(Random.Shared.Next(100, 400));
        try
        {
            using var response = await http.SendAsync(request);
            var answer = new Answer($"{request.Method} {request.RequestUri!.AbsolutePath}", response.StatusCode, await response.Content.ReadAsStringAsync(),
                response.Headers.Contains("Idempotent-Replayed"));
            var what = $"{answer.Request} answered {(int)answer.Status}: {answer.Body}";
            switch (response.StatusCode)
            {
                case HttpStatusCode.TooManyRequests:
                    return (null, response.Headers.RetryAfter?.Delta ?? throw new InvalidOperationException($"{what}, without Retry-After"), what);
                case HttpStatusCode.Conflict when Passing.Contains(answer.Code):
                    return (null, soon, what);
                case >= HttpStatusCode.InternalServerError:
                    Assert.True(response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, what);
                    Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", what);
                    Assert.True(response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter is not null, what + ", without Retry-After");
                    return (null, soon, what); // sooner than it asks for, to meet the system while it comes up
                default:
                    if (answer.IsDone && request.Method != HttpMethod.Get) Interlocked.Increment(ref _acknowledged);
                    return (answer, default, what);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return (null, soon, $"{request.Method} {request.RequestUri!.AbsolutePath}: {e.Message}"); // the gateway itself is away, or broke off
        }
    }
}
