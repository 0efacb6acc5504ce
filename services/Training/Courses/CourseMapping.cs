using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Courses;

internal sealed class CourseMapping : IEntityTypeConfiguration<Course>, IEntityTypeConfiguration<CourseVersion>, IEntityTypeConfiguration<Completion>
{
    public void Configure(EntityTypeBuilder<Course> course)
    {
        course.ToTable("courses");
        course.Property(c => c.Id).ValueGeneratedNever();
        course.Property(c => c.Version).IsRowVersion();
        course.HasIndex(c => c.Code).IsUnique().HasDatabaseName("course_code_taken");
    }

    public void Configure(EntityTypeBuilder<CourseVersion> version)
    {
        version.ToTable("course_versions");
        version.HasKey(v => new { v.CourseId, v.Number });
        version.Property(v => v.Titles).IsTexts();
        version.Property(v => v.Descriptions).IsTexts();
        version.ComplexProperty(v => v.Rule, rule =>
        {
            rule.Property(r => r.Minutes).HasColumnName("rule_minutes");
            rule.Property(r => r.Sessions).HasColumnName("rule_sessions");
            rule.Property(r => r.Topics).HasColumnName("rule_topics");
            rule.Property(r => r.QuizPercent).HasColumnName("rule_quiz_percent");
            rule.Property(r => r.WithinMonths).HasColumnName("rule_within_months");
        });
        version.HasOne<Course>().WithMany().HasForeignKey(v => v.CourseId);
    }

    public void Configure(EntityTypeBuilder<Completion> completion)
    {
        completion.ToTable("completions");
        completion.HasKey(c => new { c.CourseId, c.LearnerId, c.Round }); // decides that nothing is completed twice
        completion.HasIndex(c => c.LearnerId);
        completion.HasIndex(c => c.CertificateId).IsUnique();
        completion.HasOne<CourseVersion>().WithMany().HasForeignKey(c => new { c.CourseId, c.CourseVersion }).OnDelete(DeleteBehavior.Restrict);
        completion.HasOne<Certificates.Certificate>().WithMany().HasForeignKey(c => c.CertificateId).OnDelete(DeleteBehavior.Restrict);
    }
}
