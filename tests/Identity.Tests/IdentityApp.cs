using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Identity.Accounts;
using BetterConnections.Identity.Tests;
using BetterConnections.Identity.Tokens;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(IdentityApp))]

namespace BetterConnections.Identity.Tests;

/// <summary>The Identity service that the suite shares. Unlike the other services it has no broker and is its own issuer.</summary>
public class IdentityApp : IAsyncLifetime
{
    public const string Issuer = "https://better-connections.test";
    public const string Password = "correct horse battery 7";

    private TestDatabase _database = null!;
    private WebApplicationFactory<Program> _factory = null!;
    private string _administrator = null!;

    public FakeClock Clock { get; } = new();
    public LogBook Logs { get; } = new();
    public IServiceProvider Services => _factory.Services;
    public string AdministratorName { get; } = Email("first");

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(typeof(IdentityDb).Assembly);
        _factory = Replica(("Identity:FirstAdministrator:UserName", AdministratorName), ("Identity:FirstAdministrator:Password", Password));
        _administrator = (await SignInAsync(AdministratorName)).GetProperty("access_token").GetString()!;
    }

    /// <summary>Another process of the service on the same database, with settings of its own.</summary>
    public WebApplicationFactory<Program> Replica(params (string Name, string? Value)[] settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseSetting("ConnectionStrings:identitydb", _database.ConnectionString);
            web.UseSetting("Identity:Issuer", Issuer);
            foreach (var (name, value) in settings) web.UseSetting(name, value);
            web.ConfigureLogging(log => log.ClearProviders().AddProvider(Logs).AddFilter<LogBook>(_ => true));
            web.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        });

    public static string Email(string who) => $"{who}-{Guid.NewGuid():n}@example.org";

    public HttpClient Anonymous() => _factory.CreateClient();

    public HttpClient WithToken(string token) => new(_factory.Server.CreateHandler())
    {
        BaseAddress = _factory.Server.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>The first administrator: programme office and operator.</summary>
    public HttpClient Administrator() => WithToken(_administrator);

    /// <summary>An account with the password <see cref="Password"/>.</summary>
    public async Task<Account> AccountAsync(string role = Roles.Volunteer, Guid? organisation = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var account = Account.Create(Email(role), [role], organisation, Clock.GetUtcNow());
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded);
        return account;
    }

    /// <summary>A client signed in as somebody with <paramref name="role"/>.</summary>
    public async Task<HttpClient> AsAsync(string role, Guid? organisation = null) =>
        WithToken(await Services.GetRequiredService<AccessTokens>().ForAsync(await AccountAsync(role, organisation), CancellationToken.None));

    public Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] form) => FormAsync("/connect/token", form);

    public Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] form) =>
        Anonymous().PostAsync(path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<HttpResponseMessage> PasswordAsync(string userName, string password = Password) =>
        TokenAsync(("grant_type", "password"), ("username", userName), ("password", password));

    public async Task<JsonElement> SignInAsync(string userName, string password = Password) => await (await PasswordAsync(userName, password)).ReadAsync<JsonElement>();

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public async Task<T> InDbAsync<T>(Func<IdentityDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One of its own, for a class that moves the clock or counts everything.</summary>
public sealed class FreshIdentityApp : IdentityApp;

internal static class TokenSteps
{
    public static string AccessToken(this JsonElement answer) => answer.GetProperty("access_token").GetString()!;

    public static string RefreshToken(this JsonElement answer) => answer.GetProperty("refresh_token").GetString()!;

    /// <summary>The answer is an OAuth error (RFC 6749, 5.2).</summary>
    public static async Task<string> RefusesAsync(this Task<HttpResponseMessage> sent, string error, int status = 400)
    {
        var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status} {error}, got {(int)response.StatusCode}: {text}");
        Assert.True(response.Headers.CacheControl?.NoStore);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.NotEmpty(answer.GetProperty("error_description").GetString()!);
        return text;
    }
}
