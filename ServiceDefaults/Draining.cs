using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// A replica that is told to stop says so at <c>/alive</c> and goes on answering for <c>Draining:Seconds</c> (0 by default), so that the gateway
/// has noticed before connections close: a request on a connection that closes at that moment would be lost.
/// </summary>
public sealed class Draining(IConfiguration configuration) : IHealthCheck, IHostedLifecycleService
{
    internal const string Check = "stopping";

    private readonly TimeSpan _time = TimeSpan.FromSeconds(configuration.GetValue("Draining:Seconds", 0.0));

    private volatile bool _stopping;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Draining>();
        services.AddHostedService(all => all.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<Draining>(Check);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel) =>
        Task.FromResult(_stopping ? HealthCheckResult.Unhealthy("This replica is about to stop.") : HealthCheckResult.Healthy());

    /// <summary>Runs before anything is stopped, the web server and the consumers too.</summary>
    public Task StoppingAsync(CancellationToken cancel)
    {
        _stopping = true;
        return Task.Delay(_time, cancel);
    }

    public Task StartingAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancel) => Task.CompletedTask;
}
