using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BetterConnections.Bench;

/// <summary>
/// Many partner systems, each signed in for itself: the gateway limits how much one of them may ask, and stays as it is.
/// They sign in from several addresses, since it limits that by address.
/// </summary>
internal sealed class Callers
{
    private const int PerAddress = 20;
    private static readonly string[] Scopes = ["inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "evaluation.read"];
    private readonly Installation _system;
    private readonly List<(string Id, string Secret)> _clients = [];
    private AuthenticationHeaderValue[] _tokens = [];
    private DateTime _renewAt;

    private Callers(Installation system) => _system = system;

    public static async Task<Callers> CreateAsync(Installation system, int count)
    {
        var callers = new Callers(system);
        using var administrator = await callers.AdministratorAsync();
        for (var i = 0; i < count; i++)
        {
            var answer = await PostAsync(administrator, "/api/identity/clients", new { name = $"Benchmark {Guid.NewGuid()}", scopes = Scopes });
            callers._clients.Add((answer.GetProperty("client").GetProperty("id").GetString()!, answer.GetProperty("secret").GetString()!));
        }
        return callers;
    }

    /// <summary>Signs all in anew when their tokens are old. To be called before measuring, never meanwhile.</summary>
    public async Task SignInAsync()
    {
        if (DateTime.UtcNow < _renewAt) return;
        _renewAt = DateTime.UtcNow.AddMinutes(4); // of the ten that tokens hold
        var tokens = new List<AuthenticationHeaderValue>();
        foreach (var (group, n) in _clients.Chunk(PerAddress).Select((g, n) => (g, n)))
        {
            using var http = new HttpClient(LoadClient.From(IPAddress.Parse($"127.0.1.{n + 1}"))) { BaseAddress = _system.Address("gateway") };
            foreach (var (id, secret) in group)
                tokens.Add(await TokenAsync(http, new() { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret }));
        }
        _tokens = [.. tokens];
    }

    /// <summary>A request by one after the other; every POST with an Idempotency-Key of its own.</summary>
    public HttpRequestMessage Request(long number, HttpMethod method, Uri address, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = content, Headers = { Authorization = _tokens[number % _tokens.Length] } };
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return request;
    }

    /// <summary>The programme office, through the gateway.</summary>
    public Task<HttpClient> AdministratorAsync() => PersonAsync(_system.Administrator.User, _system.Administrator.Password);

    /// <summary>Somebody with a role that partner systems cannot have.</summary>
    public async Task<HttpClient> PersonWithRoleAsync(string role)
    {
        using var administrator = await AdministratorAsync();
        var (userName, password) = ($"{Guid.NewGuid():n}@bench.betterconnections.example", $"Bc-{Guid.NewGuid():n}");
        var created = await PostAsync(administrator, "/api/identity/accounts", new { userName, roles = new[] { role } });
        using var stranger = new HttpClient { BaseAddress = _system.Address("gateway") };
        await PostAsync(stranger, "/api/identity/me/password", new { userName, currentPassword = created.GetProperty("password").GetString(), newPassword = password });
        return await PersonAsync(userName, password);
    }

    public static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"POST {path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<HttpClient> PersonAsync(string userName, string password)
    {
        var http = new HttpClient { BaseAddress = _system.Address("gateway"), Timeout = TimeSpan.FromMinutes(6) };
        http.DefaultRequestHeaders.Authorization = await TokenAsync(http, new() { ["grant_type"] = "password", ["username"] = userName, ["password"] = password });
        return http;
    }

    private static async Task<AuthenticationHeaderValue> TokenAsync(HttpClient http, Dictionary<string, string> form)
    {
        using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new("Bearer", answer.GetProperty("access_token").GetString());
    }
}
