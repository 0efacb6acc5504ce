using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Webhooks;

/// <summary>One event as it is sent, kept once for all endpoints.</summary>
public sealed class WebhookMessage
{
    /// <summary>The event's id on the broker; the <c>webhook-id</c> is made of it, so receivers recognise a repetition.</summary>
    public Guid Id { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public DateTimeOffset At { get; init; }

    public string WebhookId => $"msg_{Id:n}";
}

/// <summary><c>Exhausted</c>: every attempt of the schedule failed. <c>Abandoned</c>: its endpoint answered 410 Gone. Either can be replayed.</summary>
public enum DeliveryState { Pending, Delivered, Exhausted, Abandoned }

/// <summary>One event on its way to one endpoint.</summary>
public sealed class WebhookDelivery
{
    public long Number { get; init; }
    public Guid EndpointId { get; init; }
    public Guid MessageId { get; init; }
    public WebhookMessage Message { get; init; } = null!;
    public DeliveryState State { get; init; }
    public int Attempts { get; init; }
    /// <summary>When it is tried next; while it is being tried, when somebody else may, should this process die.</summary>
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    /// <summary>Of the last answer; null where none came.</summary>
    public int? LastStatus { get; init; }
    public string? LastError { get; init; }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookMessage>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> endpoint)
    {
        endpoint.ToTable("webhook_endpoints");
        endpoint.Property(e => e.Id).ValueGeneratedNever();
        endpoint.Property(e => e.Number).UseIdentityByDefaultColumn();
        endpoint.Property(e => e.Version).IsRowVersion();
        endpoint.HasIndex(e => e.Number).IsUnique();
        endpoint.HasIndex(e => e.Owner);
    }

    public void Configure(EntityTypeBuilder<WebhookMessage> message)
    {
        message.ToTable("webhook_messages");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Ignore(m => m.WebhookId);
        message.HasIndex(m => m.At);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("webhook_deliveries");
        delivery.HasKey(d => d.Number);
        delivery.Property(d => d.Number).UseIdentityByDefaultColumn();
        delivery.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId);
        delivery.HasOne(d => d.Message).WithMany().HasForeignKey(d => d.MessageId);
        delivery.HasIndex(d => new { d.EndpointId, d.MessageId }).IsUnique();
        delivery.HasIndex(d => d.MessageId);
        delivery.HasIndex(d => new { d.EndpointId, d.DueAt }).HasFilter("state = 'Pending'");
    }
}
