using BetterConnections.Enrollment.Facilities;
using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Workers;

internal sealed class WorkerMapping : IEntityTypeConfiguration<Worker>, IEntityTypeConfiguration<WorkerEvent>
{
    public void Configure(EntityTypeBuilder<Worker> worker)
    {
        // Least data, also against a mistake in the code: the database keeps nothing personal without the consent it rests on.
        worker.ToTable("workers", table => table.HasCheckConstraint("consent_required",
            "(name is null or contact_consent_at is not null) and ((nationality is null and birth_year is null and gender is null) or evaluation_consent_at is not null)"));
        worker.Property(w => w.Id).ValueGeneratedNever();
        worker.Property(w => w.Version).IsRowVersion();
        worker.Property(w => w.Code).IsAudited();
        worker.HasIndex(w => w.Code).IsUnique().HasDatabaseName("worker_code_taken");
        worker.HasIndex(w => new { w.FacilityId, w.Code });
        worker.HasOne<Facility>().WithMany().HasForeignKey(w => w.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<WorkerEvent> entry)
    {
        entry.ToTable("worker_events");
        entry.HasIndex(e => e.WorkerId);
        entry.HasOne<Worker>().WithMany().HasForeignKey(e => e.WorkerId).OnDelete(DeleteBehavior.Restrict);
    }
}
