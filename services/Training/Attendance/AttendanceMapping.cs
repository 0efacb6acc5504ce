using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Attendance;

internal sealed class AttendanceMapping : IEntityTypeConfiguration<AttendanceMark>, IEntityTypeConfiguration<AttendanceRecord>
{
    public void Configure(EntityTypeBuilder<AttendanceMark> mark)
    {
        mark.ToTable("attendance_marks");
        mark.Property(m => m.Id).ValueGeneratedNever();
        mark.HasIndex(m => new { m.SessionId, m.LearnerId });
        mark.HasIndex(m => m.LearnerId);
        mark.HasOne<Session>().WithMany().HasForeignKey(m => m.SessionId).OnDelete(DeleteBehavior.Restrict);
        mark.HasOne<Learner>().WithMany().HasForeignKey(m => m.LearnerId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AttendanceRecord> record)
    {
        record.ToTable("attendance_records");
        record.HasKey(r => new { r.SessionId, r.LearnerId });
        record.HasIndex(r => r.LearnerId);
        record.HasOne<Session>().WithMany().HasForeignKey(r => r.SessionId).OnDelete(DeleteBehavior.Restrict);
        record.HasOne<Learner>().WithMany().HasForeignKey(r => r.LearnerId).OnDelete(DeleteBehavior.Restrict);
        record.HasOne<AttendanceMark>().WithMany().HasForeignKey(r => r.MarkId).OnDelete(DeleteBehavior.Restrict);
    }
}
