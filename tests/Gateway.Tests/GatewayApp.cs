using System.Net.Http.Headers;
using BetterConnections.Gateway.Tests;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(GatewayApp))]

namespace BetterConnections.Gateway.Tests;

/// <summary>
/// The real gateway on a real port, with one <see cref="Backend"/> for all services unless settings name others.
/// The suite shares one; a test that needs settings or replicas of its own starts its own.
/// </summary>
public sealed class GatewayApp : IAsyncLifetime
{
    public static readonly string[] Services = ["identity", "inventory", "enrollment", "volunteer", "training", "evaluation"];

    private WebApplicationFactory<Program> _factory = null!;
    private readonly (string Name, string? Value)[] _settings = [];
    private readonly HostLookup? _hosts;
    private readonly string? _portal;

    public GatewayApp() { }

    private GatewayApp((string Name, string? Value)[] settings, HostLookup? hosts, string? portal) => (_settings, _hosts, _portal) = (settings, hosts, portal);

    public TestIssuer Issuer { get; private set; } = null!;
    public Backend Backend { get; private set; } = null!;

    /// <param name="settings">Configuration over the defaults; null takes a setting away.</param>
    public static Task<GatewayApp> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(hosts: null, settings);

    /// <param name="hosts">In the place of the machine's own way to find a host's addresses.</param>
    /// <param name="settings">Configuration over the defaults; null takes a setting away.</param>
    public static async Task<GatewayApp> StartAsync(HostLookup? hosts, params (string Name, string? Value)[] settings)
    {
        var gateway = new GatewayApp(settings, hosts, portal: null);
        await gateway.InitializeAsync();
        return gateway;
    }

    /// <param name="folder">What the portal was built into; in all other tests it was not built.</param>
    public static async Task<GatewayApp> StartWithPortalAsync(string folder)
    {
        var gateway = new GatewayApp([], hosts: null, folder);
        await gateway.InitializeAsync();
        return gateway;
    }

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Backend = await Backend.StartAsync();
        var settings = Services.ToDictionary(s => $"services:{s}:http:0", _ => (string?)Backend.Address);
        settings["Authentication:Authority"] = Issuer.Authority;
        settings["Authentication:RequireHttps"] = "false";
        foreach (var (name, value) in _settings) settings[name] = value;
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            foreach (var (name, value) in settings.Where(s => s.Value is not null)) web.UseSetting(name, value);
            web.UseUrls("http://127.0.0.1:0");
            web.ConfigureLogging(log => log.ClearProviders());
            web.ConfigureTestServices(services =>
            {
                if (_hosts is not null) services.AddSingleton(_hosts);
                ((IWebHostEnvironment)services.Last(s => s.ServiceType == typeof(IWebHostEnvironment)).ImplementationInstance!).WebRootFileProvider =
                    _portal is null ? new NullFileProvider() : new PhysicalFileProvider(_portal);
            });
        });
        _factory.UseKestrel();
        try
        {
            _factory.StartServer();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _factory.ClientOptions.BaseAddress };

    /// <summary>Somebody signed in; each call is another person.</summary>
    public HttpClient SignedIn(string role = "logistics") => With(Issuer.Token($"person-{Guid.NewGuid():n}", role));

    public HttpClient With(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Backend.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
