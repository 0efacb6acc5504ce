using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Partners;

internal sealed class PartnerMapping : IEntityTypeConfiguration<Partner>, IEntityTypeConfiguration<Pledge>, IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Partner> partner)
    {
        partner.ToTable("partners");
        partner.Property(p => p.Id).ValueGeneratedNever();
        partner.Property(p => p.Number).UseIdentityByDefaultColumn();
        partner.Property(p => p.Version).IsRowVersion();
        partner.HasIndex(p => p.Number).IsUnique();
        partner.HasIndex(p => p.Name).IsUnique().HasDatabaseName("partner_already_known");
    }

    public void Configure(EntityTypeBuilder<Pledge> pledge)
    {
        pledge.ToTable("pledges");
        pledge.Property(p => p.Id).ValueGeneratedNever();
        pledge.Property(p => p.Number).UseIdentityByDefaultColumn();
        pledge.Property(p => p.Version).IsRowVersion();
        pledge.HasIndex(p => p.Number).IsUnique();
        pledge.HasIndex(p => p.PartnerId);
        pledge.HasIndex(p => p.DueOn);
        pledge.HasOne(p => p.Partner).WithMany().HasForeignKey(p => p.PartnerId);
        pledge.HasMany(p => p.Deliveries).WithOne().HasForeignKey(d => d.PledgeId);
        pledge.Navigation(p => p.Deliveries).HasField("_deliveries").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.HasIndex(d => d.PledgeId);
    }
}
