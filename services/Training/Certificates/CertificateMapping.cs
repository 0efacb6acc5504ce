using BetterConnections.Training.Courses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Certificates;

internal sealed class CertificateMapping : IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Certificate> certificate)
    {
        certificate.ToTable("certificates");
        certificate.Property(c => c.Id).ValueGeneratedNever();
        certificate.Property(c => c.Version).IsRowVersion();
        certificate.HasIndex(c => c.StatusIndex).IsUnique();
        certificate.HasIndex(c => c.LearnerId);
        certificate.HasOne<CourseVersion>().WithMany().HasForeignKey(c => new { c.CourseId, c.CourseVersion }).OnDelete(DeleteBehavior.Restrict);
    }
}
