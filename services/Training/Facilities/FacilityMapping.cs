using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Facilities;

internal sealed class FacilityMapping : IEntityTypeConfiguration<Facility>, IEntityTypeConfiguration<ComputerFact>
{
    public void Configure(EntityTypeBuilder<Facility> facility)
    {
        facility.ToTable("facilities");
        facility.Property(f => f.Id).ValueGeneratedNever();
        facility.HasIndex(f => f.Code).IsUnique();
        facility.HasIndex(f => f.EmployerId);
        facility.HasIndex(f => f.Zone);
    }

    public void Configure(EntityTypeBuilder<ComputerFact> fact)
    {
        fact.ToTable("computer_facts");
        fact.HasKey(f => new { f.FacilityId, f.At, f.Kind, f.Barcode });
        fact.HasOne<Facility>().WithMany().HasForeignKey(f => f.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }
}
