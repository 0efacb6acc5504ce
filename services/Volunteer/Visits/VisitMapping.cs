using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Visits;

internal sealed class VisitMapping : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> visit)
    {
        // The exclusion constraint visit_overlaps stands in the migration alone: the model cannot say it.
        visit.ToTable("visits");
        visit.Property(v => v.Id).ValueGeneratedNever();
        visit.Property(v => v.Number).UseIdentityByDefaultColumn();
        visit.Property(v => v.Version).IsRowVersion();
        visit.HasIndex(v => v.Number).IsUnique();
        visit.HasIndex(v => new { v.State, v.Number });
        visit.HasIndex(v => new { v.FacilityId, v.Number });
        visit.HasIndex(v => new { v.VolunteerId, v.Number });
        visit.HasIndex(v => v.AssignmentId);
        visit.HasOne<Assignment>().WithMany().HasForeignKey(v => v.AssignmentId).OnDelete(DeleteBehavior.Restrict);
        visit.HasOne<Volunteer>().WithMany().HasForeignKey(v => v.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        visit.HasOne<Facility>().WithMany().HasForeignKey(v => v.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }
}
