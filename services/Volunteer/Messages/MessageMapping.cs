using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Messages;

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<SentMail>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("messages");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.Values).HasColumnType("jsonb");
        message.HasOne<Volunteer>().WithMany().HasForeignKey(m => m.VolunteerId);
        message.HasIndex(m => m.DueAt).HasFilter("state = 'Waiting'");
        message.HasIndex(m => m.Id).HasFilter("state = 'Failed'").HasDatabaseName("ix_messages_failed");
    }

    public void Configure(EntityTypeBuilder<SentMail> mail)
    {
        mail.ToTable("sent_mail");
        mail.Property(m => m.Id).ValueGeneratedNever();
        mail.HasOne<Volunteer>().WithMany().HasForeignKey(m => m.VolunteerId);
    }
}
