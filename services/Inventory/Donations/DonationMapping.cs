using System.Text.Json;
using BetterConnections.Inventory.Donors;
using BetterConnections.Inventory.Locations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Donations;

internal sealed class DonationMapping : IEntityTypeConfiguration<Donation>, IEntityTypeConfiguration<DonationEvent>,
    IEntityTypeConfiguration<ManifestImport>, IEntityTypeConfiguration<RejectedRow>
{
    public void Configure(EntityTypeBuilder<Donation> donation)
    {
        donation.ToTable("donations");
        donation.Property(d => d.Id).ValueGeneratedNever();
        donation.Property(d => d.Version).IsRowVersion();
        donation.HasIndex(d => d.DonorId);
        donation.HasIndex(d => d.WarehouseId);
        donation.HasOne<Donor>().WithMany().HasForeignKey(d => d.DonorId).OnDelete(DeleteBehavior.Restrict);
        donation.HasOne<Location>().WithMany().HasForeignKey(d => d.WarehouseId);
        donation.HasMany(d => d.History).WithOne().HasForeignKey(e => e.DonationId);
        donation.Navigation(d => d.History).HasField("_history").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<DonationEvent> entry)
    {
        entry.ToTable("donation_events");
        entry.HasKey(e => new { e.DonationId, e.Seq });
    }

    public void Configure(EntityTypeBuilder<ManifestImport> import)
    {
        import.ToTable("manifest_imports");
        import.Property(i => i.Id).ValueGeneratedNever();
        import.HasIndex(i => new { i.DonationId, i.Sha256 }).IsUnique();
        import.HasOne<Donation>().WithMany().HasForeignKey(i => i.DonationId);
        import.Property(i => i.RejectedByCode).HasColumnType("jsonb").HasConversion(
            counts => JsonSerializer.Serialize(counts, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, int>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyDictionary<string, int>>(favorStructuralComparisons: false)); // replaced, never changed
    }

    public void Configure(EntityTypeBuilder<RejectedRow> row)
    {
        row.ToTable("manifest_rejected_rows");
        row.HasKey(r => new { r.ImportId, r.Row });
        row.HasOne<ManifestImport>().WithMany().HasForeignKey(r => r.ImportId);
        row.Property(r => r.Errors).HasColumnType("jsonb");
    }
}
