using System.Collections.Concurrent;
using System.Diagnostics;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Messaging.Tests;

/// <summary>A service as small as one can be: it writes a note when a facility closes and says so with an event.</summary>
public sealed class NotesDb(DbContextOptions<NotesDb> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}

public sealed class Note
{
    public long Id { get; init; }
    public Guid FacilityId { get; init; }
    public required string Text { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>How the consumer misbehaves is written in the event's reason.</summary>
public sealed class WriteNoteWhenFacilityClosed(NotesDb db) : IConsumer<FacilityClosed>
{
    public static readonly ConcurrentDictionary<Guid, int> Attempts = new();
    public static readonly ConcurrentDictionary<Guid, bool> Mended = new();

    public async Task Consume(ConsumeContext<FacilityClosed> context)
    {
        var closed = context.Message;
        var attempt = Attempts.AddOrUpdate(closed.FacilityId, 1, (_, n) => n + 1);
        db.Add(new Note { FacilityId = closed.FacilityId, Text = closed.Reason, TraceId = Activity.Current?.TraceId.ToString() });
        db.Publish(new FacilityResumed(closed.FacilityId, closed.At));
        if (closed.Reason == "saves itself, fails twice")
        {
            await db.SaveChangesAsync();
            if (attempt < 3) throw new TimeoutException("not yet");
        }
        if (closed.Reason == "a rule forbids it" && !Mended.ContainsKey(closed.FacilityId)) throw new RuleBroken("never", "Not as things are.");
        if (closed.Reason.StartsWith("it trips over ", StringComparison.Ordinal)) throw new RuleBroken("never", closed.Reason);
    }
}

public sealed class NotesService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NotesService(WebApplication app, LogBook logs) => (_app, Logs) = (app, logs);

    public IServiceProvider Services => _app.Services;
    public OutboxRelay<NotesDb> Relay => Services.GetRequiredService<OutboxRelay<NotesDb>>();
    public LogBook Logs { get; }
    public Queues Queues => Services.GetRequiredService<Queues>();

    /// <param name="relays">False for a service that died before it could send: it commits and nothing leaves.</param>
    public static async Task<NotesService> StartAsync(TestDatabase database, Uri broker, bool relays = true, (string Name, string? Value)[]? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var logs = new LogBook();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:notesdb"] = $"{database.ConnectionString};Include Error Detail=true"; // somebody wants to know
        builder.Configuration["ConnectionStrings:messaging"] = broker.ToString();
        foreach (var (name, value) in settings ?? []) builder.Configuration[name] = value;
        builder.AddTelemetry();
        builder.Services.AddSingleton<TimeProvider>(new Clock());
        builder.Services.AddProblemDetails();
        builder.AddPostgres<NotesDb>("notesdb");
        builder.AddMessaging<NotesDb>("notes", typeof(FacilityClosed).Assembly);
        if (!relays) builder.Services.Remove(builder.Services.Last(s => s.ImplementationFactory?.Method.ReturnType == typeof(OutboxRelay<NotesDb>) && s.Lifetime == ServiceLifetime.Singleton));
        var service = new NotesService(builder.Build(), logs);
        await service._app.StartAsync();
        await service.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return service;
    }

    public async Task<T> InDbAsync<T>(Func<NotesDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<NotesDb>());
    }

    /// <summary>Commits an event as a request would.</summary>
    public Task<int> CommitAsync(params object[] happened) => InDbAsync(db =>
    {
        foreach (var e in happened) Record(db, (dynamic)e);
        return db.SaveChangesAsync();
    });

    private static void Record<T>(NotesDb db, T happened) where T : class => db.Publish(happened);

    public Task<int> UnsentAsync() => InDbAsync(db => db.Set<OutboxMessage>().CountAsync());

    public async Task<HealthReportEntry> HealthAsync(string check) =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[check];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
