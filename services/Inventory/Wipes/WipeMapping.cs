using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Wipes;

internal sealed class WipeMapping : IEntityTypeConfiguration<Wipe>, IEntityTypeConfiguration<Medium>, IEntityTypeConfiguration<WipeWaiver>,
    IEntityTypeConfiguration<WorkbenchImport>, IEntityTypeConfiguration<WipeCertificate>
{
    public void Configure(EntityTypeBuilder<Wipe> wipe)
    {
        wipe.ToTable("wipes");
        wipe.Property(w => w.Id).ValueGeneratedNever();
        wipe.HasIndex(w => new { w.DeviceId, w.Seq }).IsUnique();
        wipe.HasIndex(w => w.Fingerprint).IsUnique();
        wipe.HasOne<Device>().WithMany().HasForeignKey(w => w.DeviceId);
    }

    public void Configure(EntityTypeBuilder<Medium> medium)
    {
        medium.ToTable("media");
        medium.Property(m => m.Id).ValueGeneratedNever();
        medium.HasIndex(m => m.Serial).IsUnique();
        medium.HasIndex(m => m.DeviceId);
        medium.HasOne<Device>().WithMany().HasForeignKey(m => m.DeviceId);
    }

    public void Configure(EntityTypeBuilder<WipeWaiver> waiver)
    {
        waiver.ToTable("wipe_waivers");
        waiver.Property(w => w.Id).ValueGeneratedNever();
        waiver.HasIndex(w => w.DeviceId);
        waiver.HasOne<Device>().WithMany().HasForeignKey(w => w.DeviceId);
    }

    public void Configure(EntityTypeBuilder<WorkbenchImport> import)
    {
        import.ToTable("workbench_imports");
        import.HasKey(i => i.Uuid);
        import.Property(i => i.Uuid).ValueGeneratedNever();
        import.Property(i => i.DeviceId).IsAudited();
        import.HasIndex(i => i.DeviceId);
        import.HasOne<Device>().WithMany().HasForeignKey(i => i.DeviceId);
    }

    public void Configure(EntityTypeBuilder<WipeCertificate> certificate)
    {
        certificate.ToTable("wipe_certificates");
        certificate.HasKey(c => c.Hash);
        certificate.HasIndex(c => c.WipeId).IsUnique();
        certificate.HasOne<Wipe>().WithMany().HasForeignKey(c => c.WipeId);
    }
}
