using System.Linq.Expressions;

namespace BetterConnections.Enrollment.Partners;

/// <param name="Value">Of the whole pledge, in the programme's currency.</param>
/// <param name="Delivered">What arrived, deliveries struck as mistaken left out.</param>
/// <param name="Outstanding">What is still owed; 0 where more came than was pledged.</param>
/// <param name="Overdue">Something is owed and the day it was due has passed.</param>
public sealed record PledgeView(Guid Id, Guid PartnerId, string Partner, string What, decimal Quantity, string Unit, DateOnly DueOn, decimal? Value,
    decimal Delivered, decimal Outstanding, bool Overdue)
{
    public static Expression<Func<Pledge, PledgeView>> Of(DateOnly today) => p => new PledgeView(p.Id, p.PartnerId, p.Partner!.Name, p.What, p.Quantity, p.Unit,
        p.DueOn, p.Value,
        p.Deliveries.Where(d => d.StruckAt == null).Sum(d => d.Quantity),
        Math.Max(0, p.Quantity - p.Deliveries.Where(d => d.StruckAt == null).Sum(d => d.Quantity)),
        p.DueOn < today && p.Deliveries.Where(d => d.StruckAt == null).Sum(d => d.Quantity) < p.Quantity);
}

/// <param name="StruckWhy">Why it does not count; null where it does.</param>
public sealed record DeliveryView(Guid Id, decimal Quantity, DateOnly DeliveredOn, string Evidence, string RecordedBy, DateTimeOffset RecordedAt,
    DateTimeOffset? StruckAt, string? StruckWhy)
{
    public static DeliveryView From(Delivery d) => new(d.Id, d.Quantity, d.DeliveredOn, d.Evidence, d.RecordedBy, d.RecordedAt, d.StruckAt, d.StruckWhy);
}

public sealed record PledgeDetail(PledgeView Pledge, IReadOnlyList<DeliveryView> Deliveries);
