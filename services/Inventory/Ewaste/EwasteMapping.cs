using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Locations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Ewaste;

internal sealed class EwasteMapping : IEntityTypeConfiguration<EwasteBatch>, IEntityTypeConfiguration<EwasteItem>
{
    public void Configure(EntityTypeBuilder<EwasteBatch> batch)
    {
        batch.ToTable("ewaste_batches");
        batch.Property(b => b.Id).ValueGeneratedNever();
        batch.HasIndex(b => b.OrganisationId);
        batch.HasOne<Location>().WithMany().HasForeignKey(b => b.RecyclerId);
        batch.HasMany(b => b.Items).WithOne().HasForeignKey(i => i.BatchId);
        batch.Navigation(b => b.Items).HasField("_items").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<EwasteItem> item)
    {
        item.ToTable("ewaste_items");
        item.HasKey(i => new { i.BatchId, i.DeviceId });
        item.HasIndex(i => i.DeviceId).IsUnique().HasDatabaseName("in_another_batch");
        item.HasOne<Device>().WithMany().HasForeignKey(i => i.DeviceId);
    }
}
