using System.Net.Http.Json;
using System.Text.Json;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests.Sessions;

/// <summary>Keeps cookies, follows no redirect by itself and sends the form token along, as the portal's page does.</summary>
internal sealed class Browser(HttpClient client)
{
    public HttpClient Client => client;
    public string? FormToken { get; set; }

    /// <summary>What <c>GET /session</c> says.</summary>
    public async Task<JsonElement> OpenAsync() => Remember(await client.GetAsync<JsonElement>("/session"));

    public async Task<HttpResponseMessage> SignInAsync(string userName = "warehouse@example.org", string password = "right")
    {
        var answer = await SendAsync(HttpMethod.Post, "/session", new { userName, password });
        if (answer.IsSuccessStatusCode) Remember(await answer.ReadAsync<JsonElement>());
        return answer;
    }

    public Task<HttpResponseMessage> RenewAsync() => SendAsync(HttpMethod.Post, "/session/renewal");

    public Task<HttpResponseMessage> SignOutAsync() => SendAsync(HttpMethod.Delete, "/session");

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? authorization = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (FormToken is not null) request.Headers.Add("X-Form-Token", FormToken);
        if (authorization is not null) request.Headers.Add("Authorization", authorization);
        return client.SendAsync(request);
    }

    private JsonElement Remember(JsonElement view)
    {
        FormToken = view.GetProperty("formToken").GetString();
        return view;
    }
}

internal static class Cookies
{
    /// <summary>What an answer sets, as a browser sends it back: name and value.</summary>
    public static string Cookie(this HttpResponseMessage answer) => answer.SetCookie().Split(';')[0];

    public static string SetCookie(this HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    /// <summary>Sends this cookie and forgets what the answers set.</summary>
    public static HttpClient Holding(this Uri gateway, string cookie) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = gateway, DefaultRequestHeaders = { { "Cookie", cookie } } };
}
