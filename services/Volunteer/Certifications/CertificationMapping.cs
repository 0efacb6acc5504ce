using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Certifications;

internal sealed class CertificationMapping : IEntityTypeConfiguration<Certification>
{
    public void Configure(EntityTypeBuilder<Certification> certification)
    {
        certification.ToTable("certifications");
        certification.Property(c => c.Id).ValueGeneratedNever();
        certification.HasIndex(c => c.VolunteerId);
        certification.HasIndex(c => c.ValidUntil);
    }
}
