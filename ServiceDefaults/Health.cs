using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BetterConnections.ServiceDefaults;

/// <summary><c>/alive</c>: the process answers and is not about to stop. <c>/health</c>: it and what it needs are ready for work.</summary>
public static class Health
{
    /// <summary>All parts of the system are built together, so one assembly's version is the system's: <c>1.0.0+{commit}</c>.</summary>
    public static string Version { get; } = typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static DateTimeOffset StartedAt { get; } = new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUniversalTime();

    /// <param name="app">Where to.</param>
    /// <param name="seesAll">Who hears more than the status; left out where nobody but the inner network asks.</param>
    public static void MapHealth(this IEndpointRouteBuilder app, Func<HttpContext, bool>? seesAll = null)
    {
        app.MapHealthChecks("/alive", new() { Predicate = check => check.Name == Draining.Check }).AllowAnonymous();
        app.MapHealthChecks("/health", new()
        {
            ResponseWriter = (http, report) => http.Response.WriteAsJsonAsync(seesAll?.Invoke(http) == false ? new { status = report.Status.ToString() } : All(report)),
        }).AllowAnonymous();
    }

    private static object All(HealthReport report) => new
    {
        status = report.Status.ToString(),
        version = Version,
        startedAt = StartedAt,
        checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), e.Value.Description, e.Value.Data }),
    };
}
