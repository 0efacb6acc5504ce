using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Attachments;

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<AttachmentContent>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("attachments");
        attachment.HasKey(a => new { a.VersionId, a.Name });
        attachment.HasOne<ToolkitVersion>().WithMany().HasForeignKey(a => a.VersionId);
        attachment.HasOne(a => a.Content).WithMany().HasForeignKey(a => a.Sha256).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AttachmentContent> content)
    {
        content.ToTable("attachment_contents");
        content.HasKey(c => c.Sha256);
    }
}
