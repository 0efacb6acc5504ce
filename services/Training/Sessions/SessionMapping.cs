using BetterConnections.Postgres.Audit;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Trainers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Sessions;

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<RosterEntry>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        // The exclusion constraints room_taken and trainer_taken stand in the migration; EF has no words for them.
        session.ToTable("sessions", table => table.HasCheckConstraint("ck_sessions_place", "(facility_id is null) <> (venue is null)"));
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.SeriesId).IsAudited();
        session.Property(s => s.Version).IsRowVersion();
        session.HasIndex(s => s.SortKey).IsUnique();
        session.HasIndex(s => new { s.FacilityId, s.SortKey });
        session.HasIndex(s => new { s.TrainerId, s.SortKey });
        session.HasIndex(s => s.AssignmentId);
        session.HasIndex(s => s.SeriesId);
        session.HasOne<Facility>().WithMany().HasForeignKey(s => s.FacilityId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne<TrainerAssignment>().WithMany().HasForeignKey(s => s.AssignmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RosterEntry> entry)
    {
        entry.ToTable("roster_entries");
        entry.HasKey(e => e.Number);
        entry.Property(e => e.Number).UseIdentityByDefaultColumn();
        entry.HasIndex(e => new { e.SessionId, e.LearnerId }).IsUnique().HasFilter("left_at is null");
        entry.HasIndex(e => e.LearnerId);
        entry.HasOne<Session>().WithMany().HasForeignKey(e => e.SessionId).OnDelete(DeleteBehavior.Restrict);
        entry.HasOne<Learner>().WithMany().HasForeignKey(e => e.LearnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
