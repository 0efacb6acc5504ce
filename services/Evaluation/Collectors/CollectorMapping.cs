using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Collectors;

internal sealed class CollectorMapping : IEntityTypeConfiguration<Collector>
{
    public void Configure(EntityTypeBuilder<Collector> collector)
    {
        collector.ToTable("collectors");
        collector.Property(c => c.Id).ValueGeneratedNever();
        collector.Property(c => c.Version).IsRowVersion();
        collector.HasIndex(c => c.TokenHash).IsUnique();
    }
}
