using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace BetterConnections.Testing;

/// <summary>
/// One service with its real pipeline, a database and a virtual host of its own, and an issuer whose tokens it accepts.
/// Shared by a suite as an assembly fixture; a test class that needs the whole stock for itself takes one of its own.
/// </summary>
/// <param name="database">The connection string's name, e.g. <c>inventorydb</c>.</param>
public abstract class ServiceUnderTest<TProgram, TDb>(string database) : IAsyncLifetime where TProgram : class where TDb : DbContext
{
    private WebApplicationFactory<TProgram> _factory = null!;
    private TestDatabase _database = null!;
    private readonly Consumed _consumed = new();
    private readonly Changes _changes = new();

    public TestIssuer Issuer { get; private set; } = null!;
    public TestBroker Broker { get; private set; } = null!;
    public FakeClock Clock { get; } = new();
    public IServiceProvider Services => _factory.Services;

    /// <summary>What this service needs beside database, broker and issuer.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <summary>For a suite that takes a background step itself, when it wants it.</summary>
    protected virtual void Change(IServiceCollection services) { }

    /// <summary>False for one whose trail a test has tampered with.</summary>
    protected virtual bool KeepsItsAuditTrail => true;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        _database = await TestDatabase.CreateAsync(typeof(TDb).Assembly);
        Broker = await TestBroker.StartAsync();
        _factory = new WebApplicationFactory<TProgram>().WithWebHostBuilder(web =>
        {
            web.UseSetting($"ConnectionStrings:{database}", _database.ConnectionString);
            web.UseSetting("ConnectionStrings:messaging", Broker.Address.ToString());
            web.UseSetting("Authentication:Authority", Issuer.Authority);
            web.UseSetting("Authentication:RequireHttps", "false");
            foreach (var (name, value) in Settings) web.UseSetting(name, value);
            web.ConfigureLogging(log => log.SetMinimumLevel(LogLevel.Error));
            web.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                // A query whose joined collections multiply each other fails its test here; in production it is only slow.
                services.ConfigureDbContext<TDb>(o => o.ConfigureWarnings(w => w.Throw(RelationalEventId.MultipleCollectionIncludeWarning)));
                Change(services);
            });
        });
        var bus = Services.GetRequiredService<IBusControl>();
        bus.ConnectConsumeObserver(_consumed);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
    }

    /// <summary>A client signed in with <paramref name="role"/>, or with several, a blank between them; each call is another person unless <paramref name="subject"/> says who.</summary>
    public HttpClient As(string role, Guid? organisation = null, string? subject = null) =>
        WithToken(Issuer.Token(subject ?? $"{role}-{Guid.NewGuid():n}", role, organisation));

    /// <summary>A partner system.</summary>
    public HttpClient WithScope(string scope) => WithToken(Issuer.Token($"system-{Guid.NewGuid():n}", null, scope: scope));

    public HttpClient Anonymous() => _factory.CreateDefaultClient(new RedirectHandler(), _changes.Handler());

    public HttpClient WithToken(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Runs <paramref name="work"/> on the service's database.</summary>
    public async Task<T> InDbAsync<T>(Func<TDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    public Task InDbAsync(Func<TDb, Task> work) => InDbAsync(async db =>
    {
        await work(db);
        return true;
    });

    /// <summary>The tables but those of sent events and of the audit trail that hold one of the texts, in any column; bytes are read as text too (what is looked for is ASCII).</summary>
    public async Task<List<string>> TablesHoldingAsync(params string[] texts)
    {
        var database = Services.GetRequiredService<NpgsqlDataSource>();
        var columns = new List<(string Table, string Text)>();
        await using (var command = database.CreateCommand("""
            select table_name, case data_type when 'bytea' then format('encode(%I, ''escape'')', column_name) else format('%I::text', column_name) end
            from information_schema.columns where table_schema = 'public' and table_name not in ('sent_messages', 'audit_entries')
            """))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) columns.Add((reader.GetString(0), reader.GetString(1)));

        var holding = new List<string>();
        foreach (var table in columns.GroupBy(c => c.Table))
        {
            await using var command = database.CreateCommand(
                $"select exists(select from \"{table.Key}\" where concat_ws(' ', {string.Join(", ", table.Select(c => c.Text))}) like any($1))");
            command.Parameters.Add(new() { Value = texts.Select(t => $"%{t}%").ToArray() });
            if ((bool)(await command.ExecuteScalarAsync())!) holding.Add(table.Key);
        }
        return holding;
    }

    /// <summary>Delivers an event over the broker, <paramref name="times"/> times with one message id, and waits until every consumer is done with each delivery.</summary>
    public async Task DeliverAsync<T>(T happened, int times = 1) where T : class
    {
        var consumers = typeof(TDb).Assembly.GetTypes().Count(t =>
            !t.IsAbstract && t.IsAssignableTo(typeof(IConsumer)) && (t.IsGenericTypeDefinition || t.IsAssignableTo(typeof(IConsumer<T>))));
        if (consumers == 0) throw new InvalidOperationException($"Nothing in {typeof(TDb).Assembly.GetName().Name} consumes {typeof(T).Name}.");
        var id = Guid.NewGuid();
        for (var i = 0; i < times; i++) await Broker.PublishAsync(happened, id);
        await _consumed.WaitAsync(id, consumers * times);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (KeepsItsAuditTrail) await _changes.AssertRecordedAsync(_database.ConnectionString);
        await _factory.DisposeAsync();
        await Broker.DisposeAsync();
        await _database.DisposeAsync();
        await Issuer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private sealed class Consumed : IConsumeObserver
    {
        private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _done = new();

        private SemaphoreSlim Of(Guid id) => _done.GetOrAdd(id, _ => new(0));

        public async Task WaitAsync(Guid id, int times)
        {
            for (var i = 0; i < times; i++)
                if (!await Of(id).WaitAsync(TimeSpan.FromSeconds(60))) throw new TimeoutException($"Message {id} was consumed {i} of {times} times.");
        }

        public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context) where T : class
        {
            Of(context.MessageId!.Value).Release();
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
