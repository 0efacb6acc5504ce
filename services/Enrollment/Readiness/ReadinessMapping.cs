using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Readiness;

internal sealed class ReadinessMapping : IEntityTypeConfiguration<ChecklistMark>, IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<ChecklistMark> mark)
    {
        mark.ToTable("checklist_marks");
        mark.HasKey(m => new { m.FacilityId, m.Item });
        mark.HasOne<Facility>().WithMany().HasForeignKey(m => m.FacilityId);
    }

    public void Configure(EntityTypeBuilder<Evidence> evidence)
    {
        evidence.ToTable("evidence");
        evidence.Property(e => e.Id).ValueGeneratedNever();
        evidence.HasIndex(e => new { e.FacilityId, e.Item, e.Sha256 }).IsUnique();
        evidence.HasOne<Facility>().WithMany().HasForeignKey(e => e.FacilityId);
    }
}
