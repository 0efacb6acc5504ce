using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Shipments;

internal sealed class ShipmentMapping : IEntityTypeConfiguration<Shipment>, IEntityTypeConfiguration<ShipmentItem>
{
    public void Configure(EntityTypeBuilder<Shipment> shipment)
    {
        shipment.ToTable("shipments");
        shipment.Property(s => s.Id).ValueGeneratedNever();
        shipment.HasIndex(s => s.FacilityId);
        shipment.HasIndex(s => s.Receiver);
        shipment.HasOne<Kit>().WithMany().HasForeignKey(s => s.FacilityId);
        shipment.HasMany(s => s.Items).WithOne().HasForeignKey(i => i.ShipmentId);
        shipment.Navigation(s => s.Items).HasField("_items").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<ShipmentItem> item)
    {
        item.ToTable("shipment_items");
        item.HasKey(i => new { i.ShipmentId, i.DeviceId });
        item.HasIndex(i => i.DeviceId).IsUnique().HasFilter("outcome is null").HasDatabaseName("loaded_elsewhere");
        item.HasOne<Device>().WithMany().HasForeignKey(i => i.DeviceId);
    }
}
