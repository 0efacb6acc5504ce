using BetterConnections.Volunteers.Facilities;
using BetterConnections.Volunteers.Openings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Assignments;

internal sealed class AssignmentMapping : IEntityTypeConfiguration<Assignment>, IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Assignment> assignment)
    {
        assignment.ToTable("assignments");
        assignment.Property(a => a.Id).ValueGeneratedNever();
        assignment.Property(a => a.Number).UseIdentityByDefaultColumn();
        assignment.Property(a => a.Version).IsRowVersion();
        assignment.HasIndex(a => a.Number).IsUnique();
        assignment.HasIndex(a => new { a.OpeningId, a.VolunteerId }).IsUnique().HasFilter("state in ('Requested', 'Offered', 'Accepted')")
            .HasDatabaseName("assignment_already_there");
        assignment.HasIndex(a => new { a.VolunteerId, a.Number });
        assignment.HasIndex(a => new { a.FacilityId, a.Number });
        assignment.HasIndex(a => new { a.State, a.AnswerBy });
        assignment.HasOne<Opening>().WithMany().HasForeignKey(a => a.OpeningId).OnDelete(DeleteBehavior.Restrict);
        assignment.HasOne<Facility>().WithMany().HasForeignKey(a => a.FacilityId).OnDelete(DeleteBehavior.Restrict);
        assignment.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        assignment.HasMany(a => a.Shifts).WithOne().HasForeignKey(s => s.AssignmentId);
        assignment.Navigation(a => a.Shifts).HasField("_shifts").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<Shift> shift)
    {
        // The exclusion constraint volunteer_double_booked stands in the migration alone: the model cannot say it.
        shift.ToTable("shifts");
        shift.Property(s => s.Id).ValueGeneratedNever();
        shift.HasIndex(s => new { s.AssignmentId, s.Starts });
    }
}
