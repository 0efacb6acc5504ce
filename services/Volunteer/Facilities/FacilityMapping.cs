using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Facilities;

internal sealed class FacilityMapping : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> facility)
    {
        facility.ToTable("facilities");
        facility.Property(f => f.Id).ValueGeneratedNever();
        facility.HasIndex(f => f.Code);
    }
}
