using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Frame;

internal sealed class FrameMapping : IEntityTypeConfiguration<Facility>, IEntityTypeConfiguration<Worker>, IEntityTypeConfiguration<Champion>,
    IEntityTypeConfiguration<PseudonymKey>
{
    public void Configure(EntityTypeBuilder<Facility> facility)
    {
        facility.ToTable("facilities");
        facility.Property(f => f.Id).ValueGeneratedNever();
        facility.Property(f => f.Version).IsRowVersion();
        facility.HasIndex(f => f.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Worker> worker)
    {
        worker.ToTable("workers");
        worker.Property(w => w.Id).ValueGeneratedNever();
        worker.Property(w => w.Askable).HasComputedColumnSql(
            "card is not null and coalesce(left_at < joined_at, left_at is null) and coalesce(declined_at < consented_at, declined_at is null)", stored: true);
        worker.HasIndex(w => w.Pseudonym).IsUnique();
        worker.HasIndex(w => w.FacilityId);
    }

    public void Configure(EntityTypeBuilder<Champion> champion)
    {
        champion.ToTable("champions");
        champion.HasKey(c => c.WorkerId);
        champion.HasIndex(c => c.FacilityId);
    }

    public void Configure(EntityTypeBuilder<PseudonymKey> key)
    {
        key.ToTable("pseudonym_keys", t => t.HasCheckConstraint("ck_pseudonym_keys_one", "id = 1"));
        key.Property(k => k.Id).ValueGeneratedNever();
    }
}
