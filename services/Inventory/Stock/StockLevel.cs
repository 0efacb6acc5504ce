using BetterConnections.Inventory.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Stock;

/// <summary>
/// So many devices more or fewer of a kind, in a state, at a place. A trigger on <c>device_events</c> writes these rows, so they
/// follow the history whoever writes it; the stock is their sum.
/// </summary>
public sealed class StockLevel
{
    public DeviceKind Kind { get; init; }
    public DeviceState State { get; init; }
    public Guid? LocationId { get; init; }
    /// <summary>Signed: what left a state counts below zero.</summary>
    public long Count { get; init; }
}

internal sealed class StockLevelMapping : IEntityTypeConfiguration<StockLevel>
{
    public void Configure(EntityTypeBuilder<StockLevel> level) => level.ToTable("stock_levels").HasNoKey();
}
