using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Availability;

internal sealed class AvailabilityMapping : IEntityTypeConfiguration<WeeklySlot>, IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<WeeklySlot> slot)
    {
        slot.ToTable("weekly_slots");
        slot.HasKey(s => new { s.VolunteerId, s.Day, s.FromMinute });
        slot.Property(s => s.Day).HasConversion<int>(); // Sunday is 0, as PostgreSQL counts
        slot.HasOne<Volunteer>().WithMany().HasForeignKey(s => s.VolunteerId);
    }

    public void Configure(EntityTypeBuilder<Absence> absence)
    {
        absence.ToTable("absences");
        absence.Property(a => a.Id).ValueGeneratedNever();
        absence.HasIndex(a => new { a.VolunteerId, a.First });
        absence.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId);
    }
}
