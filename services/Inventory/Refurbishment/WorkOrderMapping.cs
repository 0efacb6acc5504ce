using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Refurbishment;

internal sealed class WorkOrderMapping : IEntityTypeConfiguration<WorkOrder>, IEntityTypeConfiguration<WorkOrderItem>
{
    public void Configure(EntityTypeBuilder<WorkOrder> order)
    {
        order.ToTable("work_orders");
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Property(o => o.Number).ValueGeneratedOnAdd();
        order.Property(o => o.Version).IsRowVersion();
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.ClubId);
        order.HasOne<Location>().WithMany().HasForeignKey(o => o.ClubId);
    }

    public void Configure(EntityTypeBuilder<WorkOrderItem> item)
    {
        item.ToTable("work_order_items");
        item.HasKey(i => new { i.WorkOrderId, i.DeviceId });
        item.HasOne<WorkOrder>().WithMany().HasForeignKey(i => i.WorkOrderId);
        item.HasOne<Device>().WithMany().HasForeignKey(i => i.DeviceId);
        item.HasIndex(i => i.DeviceId).IsUnique().HasFilter("outcome is null").HasDatabaseName("device_on_another_order");
        item.ComplexCollection(i => i.Checks, c => c.ToJson("checks"));
        item.ComplexCollection(i => i.Parts, p => p.ToJson("parts"));
    }
}
