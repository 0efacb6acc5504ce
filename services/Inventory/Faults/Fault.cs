using BetterConnections.Inventory.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Faults;

/// <summary>What a report did: made a device in use <c>Faulty</c>, or was only written down because the device is not in use, not at that facility or not known.</summary>
public enum FaultOutcome { DeviceFaulty, DeviceNotInUse, DeviceElsewhere, DeviceUnknown }

/// <summary>Somebody reported that a device does not work.</summary>
public sealed class Fault
{
    public Guid Id { get; init; }
    /// <summary>As reported; null where nobody could say which device.</summary>
    public string? Barcode { get; init; }
    public Guid? DeviceId { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? TicketId { get; init; }
    /// <summary>A ticket that is opened again is another report.</summary>
    public DateTimeOffset? TicketOpenedAt { get; init; }
    public string? Description { get; init; }
    public FaultOutcome Outcome { get; init; }
    public required string ReportedBy { get; init; }
    public DateTimeOffset ReportedAt { get; init; }
}

internal sealed class FaultMapping : IEntityTypeConfiguration<Fault>
{
    public void Configure(EntityTypeBuilder<Fault> fault)
    {
        fault.ToTable("faults");
        fault.Property(f => f.Id).ValueGeneratedNever();
        fault.HasIndex(f => f.FacilityId);
        fault.HasIndex(f => new { f.TicketId, f.TicketOpenedAt }).IsUnique();
        fault.HasOne<Device>().WithMany().HasForeignKey(f => f.DeviceId);
    }
}
