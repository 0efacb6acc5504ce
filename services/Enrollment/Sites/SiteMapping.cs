using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Sites;

internal sealed class SiteMapping : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> site)
    {
        site.ToTable("sites");
        site.Property(s => s.Id).ValueGeneratedNever();
        site.Property(s => s.Version).IsRowVersion();
        site.HasOne(s => s.Employer).WithMany().HasForeignKey(s => s.EmployerId).OnDelete(DeleteBehavior.Restrict);
        site.HasIndex(s => s.Zone);
        site.HasIndex(s => s.Name).HasMethod("gin").HasOperators("gin_trgm_ops"); // parts of names are looked for
    }
}
