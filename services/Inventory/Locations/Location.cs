using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Locations;

public enum LocationKind { Warehouse, Club, Facility, Recycler }

/// <summary>A place where devices are. A facility's location has the facility's id.</summary>
public sealed class Location
{
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public LocationKind Kind { get; init; }
    /// <summary>The club's or recycler's organisation, whose accounts see what is here.</summary>
    public Guid? OrganisationId { get; init; }
}

internal sealed class LocationMapping : IEntityTypeConfiguration<Location>
{
    public void Configure(EntityTypeBuilder<Location> location)
    {
        location.ToTable("locations");
        location.Property(l => l.Id).ValueGeneratedNever();
        location.HasIndex(l => l.Code).IsUnique().HasDatabaseName("location_code_taken");
    }
}
