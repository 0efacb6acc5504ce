using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Calendars;

/// <summary>What opens a volunteer's calendar feed: its address holds a token, of which only the hash is kept. A volunteer has one, or none.</summary>
public sealed class CalendarKey
{
    public Guid VolunteerId { get; init; }
    public required byte[] Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CalendarKeyMapping : IEntityTypeConfiguration<CalendarKey>
{
    public void Configure(EntityTypeBuilder<CalendarKey> key)
    {
        key.ToTable("calendar_keys");
        key.HasKey(k => k.VolunteerId);
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasOne<Volunteer>().WithMany().HasForeignKey(k => k.VolunteerId);
    }
}
