using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Donors;

public enum DonorKind { Ministry, PublicBody, Company, School, Charity, Other }

/// <summary>An organisation that gives devices. Its id is the one its accounts carry in their <c>org</c> claim.</summary>
public sealed class Donor
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public DonorKind Kind { get; set; }
    /// <summary>The donor agreed that its name is shown to anyone who scans one of its devices.</summary>
    public bool NamePublic { get; set; }
    public uint Version { get; private set; }
}

internal sealed class DonorMapping : IEntityTypeConfiguration<Donor>
{
    public void Configure(EntityTypeBuilder<Donor> donor)
    {
        donor.ToTable("donors");
        donor.HasKey(d => d.Id).HasName("donor_already_known");
        donor.Property(d => d.Id).ValueGeneratedNever();
        donor.Property(d => d.Version).IsRowVersion();
        donor.HasIndex(d => d.Name).IsUnique().HasDatabaseName("donor_name_taken");
    }
}
