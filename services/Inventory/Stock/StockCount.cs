using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Stock;

/// <summary>One count of what is at a place: scanned, then closed into a report; the books change only when that is applied.</summary>
public sealed class StockCount
{
    public Guid Id { get; init; }
    public Guid LocationId { get; init; }
    public required string OpenedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? AppliedAt { get; private set; }
    public string? AppliedBy { get; private set; }
    public string? Reason { get; private set; }

    public void DemandOpen()
    {
        if (ClosedAt is not null) throw new RuleBroken("count_closed", "This count is closed; open another one.");
    }

    public void Close(DateTimeOffset at)
    {
        DemandOpen();
        ClosedAt = at;
    }

    public void Apply(Act act)
    {
        if (ClosedAt is null) throw new RuleBroken("count_open", "Close the count first and read its report.");
        if (AppliedAt is not null) throw new RuleBroken("count_applied", "This count was applied already.");
        (AppliedAt, AppliedBy, Reason) = (act.At, act.By, act.Why);
    }
}

public enum CountFinding { Matched, Missing, Unexpected }

/// <summary>A device that was scanned, or by the books should have been. The finding and the books are as of the closing.</summary>
public sealed class StockCountLine
{
    public Guid StockCountId { get; init; }
    public Guid DeviceId { get; init; }
    public DateTimeOffset? ScannedAt { get; init; }
    public CountFinding? Finding { get; init; }
    public DeviceState? BookState { get; init; }
    public Guid? BookLocationId { get; init; }
}

internal sealed class StockCountMapping : IEntityTypeConfiguration<StockCount>, IEntityTypeConfiguration<StockCountLine>
{
    public void Configure(EntityTypeBuilder<StockCount> count)
    {
        count.ToTable("stock_counts");
        count.Property(c => c.Id).ValueGeneratedNever();
        count.HasOne<Location>().WithMany().HasForeignKey(c => c.LocationId);
    }

    public void Configure(EntityTypeBuilder<StockCountLine> line)
    {
        line.ToTable("stock_count_lines");
        line.HasKey(l => new { l.StockCountId, l.DeviceId });
        line.HasOne<StockCount>().WithMany().HasForeignKey(l => l.StockCountId);
        line.HasOne<Device>().WithMany().HasForeignKey(l => l.DeviceId);
    }
}
