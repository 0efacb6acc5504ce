using System.Data.Common;
using BetterConnections.Postgres.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BetterConnections.Postgres;

/// <summary>One database per service, found under <c>ConnectionStrings:{name}</c>.</summary>
public static class PostgresSetup
{
    /// <summary>
    /// How long a statement of a request may take; one that may take longer says so where it stands. With the 3 s for a connection it is less than
    /// the gateway waits for a service, so callers of a database that keeps silent hear 503. Consumers and timers, whom nobody waits for, have 30 s.
    /// </summary>
    private const int SecondsOfARequest = 5;

    public static IHostApplicationBuilder AddPostgres<TDb>(this IHostApplicationBuilder builder, string name) where TDb : DbContext
    {
        var connection = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set.");

        builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(Tuned(connection))
            .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
            .Build());
        builder.Services.AddHttpContextAccessor();
        // No retry-on-failure: a retried unit of work is the caller's (idempotency key) or the broker's (redelivery).
        // Pooled: what EF makes for a context costs more than what it does for a look-up by key. So its interceptors are one for all, too.
        builder.Services.AddDbContextPool<TDb>((services, o) => o
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            // Refused statements are part of the work (unique indexes decide), and a caller may go away before the commit; what nobody handles
            // is logged where it surfaces.
            .ConfigureWarnings(w => w.Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
                (CoreEventId.QueryIterationFailed, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)))
            .AddInterceptors(services.GetServices<IInterceptor>()));
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TDb>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        builder.Services.AddExceptionHandler<PostgresProblems>();
        builder.Services.AddHostedService<IdempotencyKeyCleaner>();
        builder.Services.AddScoped<AuditTrail>();
        builder.Services.AddSingleton<IInterceptor, AuditInterceptor>();
        builder.Services.AddSingleton<IInterceptor, RequestDeadline>();
        builder.Services.AddSingleton<AuditSealer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditSealer>());
        return builder;
    }

    /// <summary>
    /// What a statement costs beside its work: each connection prepares those it runs again and again, so that the server parses and plans
    /// them once; and it goes back to the pool as it is, since nothing here leaves anything in its session. What the setting says itself counts
    /// more, for it comes last: behind a pooler that knows no prepared statements it says <c>Max Auto Prepare=0</c>. But never are the rows that
    /// a refusal quotes read from the server: they would be in the logs.
    /// </summary>
    private static string Tuned(string connection) => $"Timeout=3;Cancellation Timeout=500;Max Auto Prepare=64;No Reset On Close=true;{connection};Include Error Detail=false";

    /// <summary>Brings the schema up to date before the first request.</summary>
    public static async Task MigrateAsync<TDb>(this WebApplication app) where TDb : DbContext =>
        await Migrator.MigrateAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), typeof(TDb).Assembly, app.Logger);

    /// <summary>Tables that every database has beside its service's own.</summary>
    public static void UsePostgresDefaults(this ModelBuilder model)
    {
        model.Entity<IdempotencyKey>(e =>
        {
            e.ToTable("idempotency_keys");
            e.HasKey(k => new { k.Caller, k.Key });
            e.HasIndex(k => k.CreatedAt);
        });
        model.UseAuditTrail();
        model.UseSnakeCaseNames();
    }

    private sealed class RequestDeadline(IHttpContextAccessor requests) : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData data, DbCommand command)
        {
            if (requests.HttpContext is not null && data.Context?.Database.GetCommandTimeout() is null) command.CommandTimeout = SecondsOfARequest;
            return command;
        }
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel)
        {
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                deadline.CancelAfter(TimeSpan.FromSeconds(3));
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(deadline.Token);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }
}
