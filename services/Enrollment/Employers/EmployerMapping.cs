using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Employers;

internal sealed class EmployerMapping : IEntityTypeConfiguration<Employer>, IEntityTypeConfiguration<EmployerEvent>
{
    public void Configure(EntityTypeBuilder<Employer> employer)
    {
        employer.ToTable("employers");
        employer.HasKey(e => e.Id).HasName("organisation_already_registered");
        employer.Property(e => e.Id).ValueGeneratedNever();
        employer.Property(e => e.Version).IsRowVersion();
        // Whoever was rejected does not keep the number from the company whose it is.
        employer.HasIndex(e => e.CommercialRegistration).IsUnique().HasFilter("state <> 'Rejected'").HasDatabaseName("employer_registration_number_taken");
        employer.HasIndex(e => e.State);
        employer.HasIndex(e => e.Name).HasMethod("gin").HasOperators("gin_trgm_ops"); // parts of names are looked for
        employer.HasMany(e => e.History).WithOne().HasForeignKey(e => e.EmployerId);
        employer.Navigation(e => e.History).HasField("_history").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<EmployerEvent> entry)
    {
        entry.ToTable("employer_events");
        entry.HasIndex(e => new { e.EmployerId, e.Seq }).IsUnique();
    }
}
