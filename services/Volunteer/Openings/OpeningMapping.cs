using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Openings;

internal sealed class OpeningMapping : IEntityTypeConfiguration<Opening>
{
    public void Configure(EntityTypeBuilder<Opening> opening)
    {
        opening.ToTable("openings", t =>
        {
            t.HasCheckConstraint("opening_filled", "taken between 0 and people");
            t.HasCheckConstraint("ck_openings_starts_ends", "starts < ends");
        });
        opening.Property(o => o.Id).ValueGeneratedNever();
        opening.Property(o => o.Number).UseIdentityByDefaultColumn();
        opening.Property(o => o.Version).IsRowVersion();
        opening.HasIndex(o => o.Number).IsUnique();
        opening.HasIndex(o => new { o.FacilityId, o.Role, o.Cause }).IsUnique().HasDatabaseName("opening_already_there");
        opening.HasIndex(o => new { o.State, o.Number });
        opening.HasOne<Facility>().WithMany().HasForeignKey(o => o.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }
}
