using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Waves;

internal sealed class WaveMapping : IEntityTypeConfiguration<Wave>, IEntityTypeConfiguration<WaveFacility>, IEntityTypeConfiguration<CohortFacility>,
    IEntityTypeConfiguration<AnalysisPlan>
{
    public void Configure(EntityTypeBuilder<Wave> wave)
    {
        wave.ToTable("waves");
        wave.Property(w => w.Id).ValueGeneratedNever();
        wave.Property(w => w.Version).IsRowVersion();
        wave.Property(w => w.Code).IsAudited();
        wave.HasIndex(w => w.Code).IsUnique().HasDatabaseName("wave_already_planned");
        wave.HasIndex(w => new { w.State, w.Opens });
    }

    public void Configure(EntityTypeBuilder<WaveFacility> facility)
    {
        facility.ToTable("wave_facilities");
        facility.HasKey(f => new { f.WaveId, f.FacilityId });
        facility.HasOne<Wave>().WithMany().HasForeignKey(f => f.WaveId);
        facility.HasIndex(f => f.FacilityId);
    }

    public void Configure(EntityTypeBuilder<CohortFacility> facility)
    {
        facility.ToTable("cohort_facilities");
        facility.HasKey(f => f.FacilityId);
        facility.Property(f => f.FacilityId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AnalysisPlan> plan)
    {
        plan.ToTable("analysis_plans");
        plan.HasKey(p => new { p.WaveId, p.Number });
        plan.HasOne<Wave>().WithMany().HasForeignKey(p => p.WaveId);
    }
}
