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
    /// <summary>When the volunteer comes, within that time.</summary>
    public List<TrainerShift> Shifts { get; init; } = [];
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>By one shift, or by several that follow one another without a gap. Shifts have to be loaded.</summary>
    public bool Covers(DateTimeOffset starts, DateTimeOffset ends)
    {
        var covered = starts;
        foreach (var shift in Shifts.OrderBy(s => s.Starts))
            if (shift.Starts <= covered && shift.Ends > covered) covered = shift.Ends;
        return covered >= ends;
    }
}

public sealed class TrainerShift
{
    public Guid AssignmentId { get; init; }
    public DateTimeOffset Starts { get; init; }
    public DateTimeOffset Ends { get; init; }
}

internal sealed class TrainerAssignmentMapping : IEntityTypeConfiguration<TrainerAssignment>, IEntityTypeConfiguration<TrainerShift>
{
    public void Configure(EntityTypeBuilder<TrainerAssignment> assignment)
    {
        assignment.ToTable("trainer_assignments");
        assignment.Property(a => a.Id).ValueGeneratedNever();
        assignment.HasIndex(a => new { a.FacilityId, a.VolunteerId });
        assignment.HasIndex(a => a.VolunteerId);
        assignment.HasMany(a => a.Shifts).WithOne().HasForeignKey(s => s.AssignmentId);
    }

    public void Configure(EntityTypeBuilder<TrainerShift> shift)
    {
        shift.ToTable("trainer_shifts");
        shift.HasKey(s => new { s.AssignmentId, s.Starts });
    }
}
