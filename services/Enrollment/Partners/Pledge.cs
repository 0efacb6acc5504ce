using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Partners;

/// <summary>What a partner promised, and what came of it.</summary>
public sealed class Pledge
{
    private readonly List<Delivery> _deliveries = [];

    public Guid Id { get; init; }
    /// <summary>Ascending in the order of entry; lists are paged by it.</summary>
    public long Number { get; init; }
    public Guid PartnerId { get; init; }
    public Partner? Partner { get; init; }
    public required string What { get; set; }
    public decimal Quantity { get; set; }
    /// <summary>What the quantities count: seats, modems, months, QAR.</summary>
    public required string Unit { get; set; }
    public DateOnly DueOn { get; set; }
    /// <summary>What the whole pledge is worth in the programme's currency, where it was valued.</summary>
    public decimal? Value { get; set; }
    public DateTimeOffset MadeAt { get; init; }
    public uint Version { get; init; }

    public IReadOnlyList<Delivery> Deliveries => _deliveries;

    /// <summary>Records a delivery; more than was pledged is welcome, what lies in the future is not yet delivered.</summary>
    public Delivery Deliver(decimal quantity, DateOnly on, string evidence, DateOnly today, Act act)
    {
        if (on > today) throw new BadInput("delivery_in_future", "A delivery is recorded once it has happened.");
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(act.At),
            PledgeId = Id,
            Quantity = quantity,
            DeliveredOn = on,
            Evidence = evidence.Trim(),
            RecordedBy = act.By,
            RecordedAt = act.At,
        };
        _deliveries.Add(delivery);
        return delivery;
    }
}

/// <summary>Something that arrived against a pledge. A mistaken one is struck, with the reason, and never deleted.</summary>
public sealed class Delivery
{
    public Guid Id { get; init; }
    public Guid PledgeId { get; init; }
    public decimal Quantity { get; init; }
    public DateOnly DeliveredOn { get; init; }
    /// <summary>How it is known: a receipt's number, a letter, a shipment.</summary>
    public required string Evidence { get; init; }
    public required string RecordedBy { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? StruckAt { get; private set; }
    public string? StruckBy { get; private set; }
    public string? StruckWhy { get; private set; }

    public void Strike(Act act)
    {
        if (StruckAt is not null) throw new RuleBroken("delivery_already_struck", "This delivery was struck before.");
        (StruckAt, StruckBy, StruckWhy) = (act.At, act.By, act.Why);
    }
}
