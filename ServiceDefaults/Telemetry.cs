using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// Traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set (the standard <c>OTEL_*</c> names);
/// otherwise logs go to the console only. Sources and meters are named here because the framework's own are enough
/// and the instrumentation packages would repeat them.
/// </summary>
public static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "BetterConnections.*"];
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit", "BetterConnections.*"];

    /// <summary>
    /// One line per entry with its trace id. The framework speaks up from warnings on; what a request was is in its span,
    /// and addresses may hold what a log must not. Settings under <c>Logging</c> still overrule this.
    /// </summary>
    public static IHostApplicationBuilder AddLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddConsole(o => o.FormatterName = ConsoleLines.FormatterName).AddConsoleFormatter<ConsoleLines, ConsoleFormatterOptions>(o => o.IncludeScopes = true);
        foreach (var chatty in new[] { "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "MassTransit", "System.Net.Http" })
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        // Whoever looks at /health reads what fails. Logged at every look, by every replica, it would hide the line that says since when and why.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        return builder;
    }

    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return builder;

        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName;
        ExceptionTexts.KeepSpanEventsBack(builder.Configuration);
        builder.Logging.AddOpenTelemetry(o => o.AddProcessor(new ExceptionTexts.Entries()).AddProcessor(new CapabilityPaths.Entries()).AddOtlpExporter());
        builder.Services.AddHostedService(_ => new Exporters(OpenTelemetrySdk.Create(sdk => sdk
            .ReadSettingsOf(builder)
            .ConfigureResource(r => r.AddService(name).AddEnvironmentVariableDetector())
            .WithTracing(t => t.AddSource(Sources).AddProcessor(new ExceptionTexts.Spans()).AddProcessor(new CapabilityPaths.Spans()).AddOtlpExporter())
            .WithMetrics(m => m.AddMeter(Meters).AddOtlpExporter()))));
        return builder;
    }

    /// <summary>The exporters' own settings may stand wherever the service's do; by themselves they read environment variables only.</summary>
    private static IOpenTelemetryBuilder ReadSettingsOf(this IOpenTelemetryBuilder sdk, IHostApplicationBuilder builder)
    {
        sdk.Services.AddSingleton<IConfiguration>(builder.Configuration);
        return sdk;
    }

    /// <summary>Names the request's span by its route, so that one operation is one name however many ids it is called with.</summary>
    public static IApplicationBuilder UseSpanNames(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            if ((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
            {
                activity.DisplayName = $"{http.Request.Method} {route}";
                activity.SetTag("http.route", route);
            }
            http.Response.OnStarting(() =>
            {
                activity.SetTag("http.response.status_code", http.Response.StatusCode);
                return Task.CompletedTask;
            });
        }
        return next(http);
    });

    private sealed class Exporters(OpenTelemetrySdk sdk) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
        public void Dispose() => sdk.Dispose(); // flushes what is still buffered
    }
}
