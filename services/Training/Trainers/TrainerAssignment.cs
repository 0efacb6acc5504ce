using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Trainers;

/// <summary>A volunteer who took it on to teach at a facility for a time. The volunteer's account stands with the learners.</summary>
public sealed class TrainerAssignment
{
    public Guid Id { get; init; }
    public Guid VolunteerId { get; init; }
    public Guid FacilityId { get; init; }
    public string[] Languages { get; init; } = [];
    /// <summary>What the volunteer was certified to teach when it accepted.</summary>
    public string[] Topics { get; init; } = [];
    public DateTimeOffset Starts { get; init; }
    public DateTimeOffset Ends { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class TrainerAssignmentMapping : IEntityTypeConfiguration<TrainerAssignment>
{
    public void Configure(EntityTypeBuilder<TrainerAssignment> assignment)
    {
        assignment.ToTable("trainer_assignments");
        assignment.Property(a => a.Id).ValueGeneratedNever();
        assignment.HasIndex(a => new { a.FacilityId, a.VolunteerId });
        assignment.HasIndex(a => a.VolunteerId);
    }
}
