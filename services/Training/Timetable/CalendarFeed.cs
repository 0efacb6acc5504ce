using BetterConnections.Training.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Timetable;

/// <summary>An address under which calendar programs read the sessions of one trainer or one facility, until it is revoked. Only the hash of its token is kept.</summary>
public sealed class CalendarFeed
{
    public Guid Id { get; init; }
    public required byte[] TokenHash { get; init; }
    /// <summary>The account it was made for, which may revoke it.</summary>
    public required string Owner { get; init; }
    public Guid? TrainerId { get; init; }
    public Guid? FacilityId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CalendarFeedMapping : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.ToTable("calendar_feeds");
        feed.Property(f => f.Id).ValueGeneratedNever();
        feed.HasIndex(f => f.TokenHash).IsUnique();
        feed.HasIndex(f => f.Owner);
        feed.HasIndex(f => f.TrainerId);
        feed.HasOne<Facility>().WithMany().HasForeignKey(f => f.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }
}
