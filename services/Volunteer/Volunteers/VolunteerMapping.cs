using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers;

internal sealed class VolunteerMapping : IEntityTypeConfiguration<Volunteer>, IEntityTypeConfiguration<SpokenLanguage>, IEntityTypeConfiguration<VolunteerEvent>
{
    public void Configure(EntityTypeBuilder<Volunteer> volunteer)
    {
        volunteer.ToTable("volunteers");
        volunteer.Property(v => v.Id).ValueGeneratedNever();
        volunteer.Property(v => v.Version).IsRowVersion();
        volunteer.HasIndex(v => v.Number).IsUnique();
        volunteer.HasIndex(v => v.Account).IsUnique().HasDatabaseName("account_already_volunteer");
        volunteer.HasIndex(v => v.State);
        volunteer.HasMany(v => v.Languages).WithOne().HasForeignKey(l => l.VolunteerId);
        volunteer.Navigation(v => v.Languages).HasField("_languages").UsePropertyAccessMode(PropertyAccessMode.Field);
        volunteer.HasMany(v => v.Certifications).WithOne().HasForeignKey(c => c.VolunteerId);
        volunteer.Navigation(v => v.Certifications).HasField("_certifications").UsePropertyAccessMode(PropertyAccessMode.Field);
        volunteer.HasMany(v => v.History).WithOne().HasForeignKey(e => e.VolunteerId);
        volunteer.Navigation(v => v.History).HasField("_history").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<SpokenLanguage> spoken)
    {
        spoken.ToTable("volunteer_languages");
        spoken.HasKey(s => new { s.VolunteerId, s.Language });
        spoken.Property(s => s.Level).HasConversion<int>(); // a number, so that SQL can order by it
        spoken.HasIndex(s => s.Language);
    }

    public void Configure(EntityTypeBuilder<VolunteerEvent> entry)
    {
        entry.ToTable("volunteer_events");
        // Two changes of one volunteer at once: the second to commit loses and is told so.
        entry.HasIndex(e => new { e.VolunteerId, e.Seq }).IsUnique();
    }
}
