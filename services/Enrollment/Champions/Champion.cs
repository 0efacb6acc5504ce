using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Workers;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Champions;

/// <summary>A worker who helps the others at a facility, for as long as it lasts.</summary>
public sealed class Champion
{
    public Guid Id { get; init; }
    /// <summary>Ascending in the order of naming; lists are paged by it.</summary>
    public long Number { get; init; }
    public Guid FacilityId { get; init; }
    public Guid WorkerId { get; init; }
    public DateTimeOffset NamedAt { get; init; }
    public required string NamedBy { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }
    public string? EndedWhy { get; private set; }

    public static Champion Name(Worker worker, Act act) =>
        new() { Id = Guid.CreateVersion7(act.At), FacilityId = worker.FacilityId, WorkerId = worker.Id, NamedAt = act.At, NamedBy = act.By };

    public void End(Act act)
    {
        if (EndedAt is not null) throw new RuleBroken("champion_already_ended", "This worker is a champion no more.");
        (EndedAt, EndedBy, EndedWhy) = (act.At, act.By, act.Why);
    }
}

internal sealed class ChampionMapping : IEntityTypeConfiguration<Champion>
{
    public void Configure(EntityTypeBuilder<Champion> champion)
    {
        champion.ToTable("champions");
        champion.Property(c => c.Id).ValueGeneratedNever();
        champion.Property(c => c.Number).UseIdentityByDefaultColumn();
        champion.HasIndex(c => new { c.FacilityId, c.Number }).IsUnique();
        champion.HasIndex(c => c.WorkerId).IsUnique().HasFilter("ended_at is null").HasDatabaseName("champion_already_named");
        champion.HasOne<Facility>().WithMany().HasForeignKey(c => c.FacilityId).OnDelete(DeleteBehavior.Restrict);
        champion.HasOne<Worker>().WithMany().HasForeignKey(c => c.WorkerId).OnDelete(DeleteBehavior.Restrict);
    }
}
