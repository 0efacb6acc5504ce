using System.Reflection;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BetterConnections.Messaging;

/// <summary>The bus of one service: outbox and relay going out, inbox and one durable queue per consumer coming in.</summary>
public static class MessagingSetup
{
    /// <param name="service">Prefix of the service's queues: <c>inventory.reserve-kit-when-facility-space-ready</c>.</param>
    /// <param name="contracts">The assembly that holds the events.</param>
    public static IHostApplicationBuilder AddMessaging<TDb>(this IHostApplicationBuilder builder, string service, Assembly contracts) where TDb : DbContext
    {
        var broker = new Uri(builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings:messaging is not set (amqp://user:password@host:port)."));
        var quorum = builder.Configuration.GetValue("Messaging:QuorumQueues", false);
        // About half a minute in all: what another message or a request holds is free by then.
        var retries = builder.Configuration.GetSection("Messaging:Retries").Get<TimeSpan[]>()
            ?? [.. new[] { 50, 200, 1000, 2000, 5000, 10000, 15000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

        var events = new EventTypes(contracts);
        builder.Services.AddSingleton(events);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<MessagingMetrics>();
        builder.Services.AddSingleton<MessagesInHand>();
        builder.Services.AddSingleton<MessagingGauges>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MessagingGauges>());
        builder.Services.AddSingleton<IInterceptor, OutboxInterceptor>();
        builder.Services.AddScoped(typeof(InboxFilter<>)); // else MassTransit looks for its constructor at every message
        builder.Services.AddSingleton<OutboxRelay<TDb>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutboxRelay<TDb>>());
        builder.Services.AddSingleton<MessageCleaner<TDb>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MessageCleaner<TDb>>());
        var consumers = typeof(TDb).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IConsumer)))
            // One that is generic listens to every event, on the one queue.
            .SelectMany(t => t.IsGenericTypeDefinition ? events.All.Select(e => t.MakeGenericType(e)) : [t])
            .ToDictionary(t => t, t => Queues.NameOf(service, t));
        builder.Services.AddSingleton(new RepeatableQueues(consumers.Where(c => c.Key.IsDefined(typeof(RepeatableAttribute))).Select(c => c.Value).ToHashSet()));
        builder.Services.AddSingleton(_ => new Queues(broker, [.. consumers.Values.Distinct()]));
        builder.Services.AddHealthChecks().AddCheck<QueuesCheck>("queues");

        // What is still being tried when the service stops goes back into its queue.
        builder.Services.Configure<MassTransitHostOptions>(o => o.ConsumerStopTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddReceiveObserver(services => services.GetRequiredService<MessagesInHand>());
            foreach (var (consumer, queue) in consumers) bus.AddConsumer(consumer).Endpoint(e => e.Name = queue);
            bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.ConfigureDeadLetter(Strays.AreGivenUp));
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                rabbit.Host(broker, host =>
                {
                    host.PublisherConfirmation = true;
                    host.OnRefreshConnectionFactory = _ => BrokerPort.IsOpenAsync(broker, stopping);
                });
                rabbit.Durable = true;
                if (quorum)
                {
                    rabbit.SetQuorumQueue();
                    // Every replica that dies with a message in hand counts as a delivery, and RabbitMQ 4 drops what was delivered 20 times.
                    rabbit.SetQueueArgument("x-delivery-limit", int.MaxValue);
                }
                rabbit.PrefetchCount = 16;
                // While the database is away no message can have its effect and none is to blame, so none is given up.
                rabbit.UseMessageRetry(retry =>
                {
                    retry.Exponential(int.MaxValue, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100));
                    retry.Handle<Exception>(DatabaseAway.IsAway);
                });
                rabbit.UseMessageRetry(retry =>
                {
                    retry.Intervals(retries);
                    retry.Ignore<Exception>(DatabaseAway.IsAway);
                    retry.Ignore<Refusal>(); // a rule does not change its mind
                });
                rabbit.UseConsumeFilter(typeof(InboxFilter<>), context);
                rabbit.ConfigureEndpoints(context);
            });
        });
        return builder;
    }

    public static void UseMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("outbox_messages");
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.Body).HasColumnType("jsonb");
            e.HasIndex(m => m.DueAt);
        });
        model.Entity<SentMessage>(e =>
        {
            e.ToTable("sent_messages");
            e.Property(m => m.Id).ValueGeneratedNever();
            e.Property(m => m.Body).HasColumnType("jsonb");
            e.HasIndex(m => m.SentAt);
        });
        model.Entity<InboxMessage>(e =>
        {
            e.ToTable("inbox_messages");
            e.HasKey(m => new { m.MessageId, m.Queue });
            e.HasIndex(m => m.ReceivedAt);
        });
    }
}
