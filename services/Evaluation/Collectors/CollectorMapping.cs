using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Collectors;

internal sealed class CollectorMapping : IEntityTypeConfiguration<Collector>, IEntityTypeConfiguration<Volunteer>
{
    public void Configure(EntityTypeBuilder<Collector> collector)
    {
        collector.ToTable("collectors");
        collector.Property(c => c.Id).ValueGeneratedNever();
        collector.Property(c => c.Version).HasDefaultValue(1).IsConcurrencyToken(); // the default is for the release before, which knows no such column
        collector.HasIndex(c => c.TokenHash).IsUnique();
        collector.HasOne(c => c.Volunteer).WithMany().HasForeignKey(c => c.VolunteerId);
    }

    public void Configure(EntityTypeBuilder<Volunteer> volunteer)
    {
        volunteer.ToTable("volunteers");
        volunteer.Property(v => v.Id).ValueGeneratedNever();
        volunteer.HasIndex(v => v.Number).IsUnique();
        volunteer.HasIndex(v => v.Account).IsUnique();
    }
}
