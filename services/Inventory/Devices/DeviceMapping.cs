using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Locations;
using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Devices;

internal sealed class DeviceMapping : IEntityTypeConfiguration<Device>, IEntityTypeConfiguration<DeviceEvent>
{
    public void Configure(EntityTypeBuilder<Device> device)
    {
        device.ToTable("devices");
        device.Property(d => d.Id).ValueGeneratedNever();
        device.Property(d => d.Version).IsRowVersion();
        device.HasIndex(d => d.Number).IsUnique();
        device.Property(d => d.Barcode).IsAudited();
        device.HasIndex(d => d.Barcode).IsUnique();
        device.HasIndex(d => d.Serial).IsUnique().HasDatabaseName("serial_already_known");
        device.HasIndex(d => new { d.State, d.Kind, d.Number });
        device.HasIndex(d => d.DonationId);
        device.HasIndex(d => d.KitId);
        device.HasIndex(d => d.LeftKitId).HasFilter("left_kit_id is not null");
        device.HasIndex(d => d.LocationId);
        device.HasOne<Location>().WithMany().HasForeignKey(d => d.LocationId);
        device.HasOne<Donation>().WithMany().HasForeignKey(d => d.DonationId);
        device.HasOne<Kit>().WithMany().HasForeignKey(d => d.KitId);
        device.HasMany(d => d.History).WithOne().HasForeignKey(e => e.DeviceId);
        device.Navigation(d => d.History).HasField("_history").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<DeviceEvent> entry)
    {
        entry.ToTable("device_events");
        // Two changes of one device at once: the second to commit loses and is told so.
        entry.HasIndex(e => new { e.DeviceId, e.Seq }).IsUnique();
    }
}
