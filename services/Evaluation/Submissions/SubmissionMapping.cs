using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Submissions;

internal sealed class SubmissionMapping : IEntityTypeConfiguration<Submission>, IEntityTypeConfiguration<SubmissionFlags>, IEntityTypeConfiguration<SubmissionAttachment>
{
    public void Configure(EntityTypeBuilder<Submission> submission)
    {
        submission.ToTable("submissions");
        submission.Property(s => s.Answers).HasColumnType("jsonb");
        submission.Property(s => s.Version).IsRowVersion();
        submission.HasIndex(s => new { s.FormId, s.InstanceId }).IsUnique();
        submission.HasIndex(s => new { s.FormId, s.ReceivedAt });
        submission.HasIndex(s => new { s.Respondent, s.Instrument }).HasFilter("respondent is not null");
        submission.HasIndex(s => s.OriginalId).HasFilter("original_id is not null");
        submission.HasIndex(s => s.FacilityId).HasFilter("wave_id is null");
        submission.HasIndex(s => new { s.WaveId, s.FacilityId }).HasFilter("respondent is null and answers ->> 'consent' = 'no'");
    }

    public void Configure(EntityTypeBuilder<SubmissionFlags> flags) => Assignments.AssignmentMapping.IsView(flags, "submission_flags");

    public void Configure(EntityTypeBuilder<SubmissionAttachment> attachment)
    {
        attachment.ToTable("submission_attachments");
        attachment.HasKey(a => new { a.SubmissionId, a.Name });
        attachment.HasOne<Submission>().WithMany().HasForeignKey(a => a.SubmissionId);
    }
}
