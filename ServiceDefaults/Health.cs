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

    private static readonly DateTimeOffset StartedAt = new(Process.GetCurrentProcess().StartTime);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/alive", new() { Predicate = check => check.Name == Draining.Check }).AllowAnonymous();
        app.MapHealthChecks("/health", new() { ResponseWriter = Write }).AllowAnonymous();
    }

    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        version = Version,
        startedAt = StartedAt.ToUniversalTime(),
        checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), e.Value.Description, e.Value.Data }),
    });
}
