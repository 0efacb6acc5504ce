using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Kits;

internal sealed class KitMapping : IEntityTypeConfiguration<Kit>
{
    public void Configure(EntityTypeBuilder<Kit> kit)
    {
        kit.ToTable("kits");
        kit.HasKey(k => k.FacilityId);
        kit.Property(k => k.FacilityId).ValueGeneratedNever();
        kit.HasIndex(k => new { k.Status, k.Priority, k.ReadyAt, k.Code }).IsDescending(false, true, false, false);
    }
}
