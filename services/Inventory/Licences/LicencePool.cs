using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Inventory.Licences;

/// <summary>Seats of one product that a partner gives. Keys are the partner's to keep: only a reference to the agreement is stored.</summary>
public sealed partial class LicencePool
{
    public Guid Id { get; init; }
    public required string Product { get; init; }
    public required string Partner { get; init; }
    /// <summary>Number of the agreement or order; never a product key.</summary>
    public required string Reference { get; init; }
    public int Seats { get; private set; }
    public uint Version { get; private set; }

    public static LicencePool Give(string product, string partner, string reference, int seats)
    {
        if (ProductKey().IsMatch(reference))
            throw new BadInput("looks_like_a_key", "This looks like a product key. Give the number of the agreement instead; keys are not kept here.");
        return new() { Id = Guid.CreateVersion7(), Product = product.Trim(), Partner = partner.Trim(), Reference = reference.Trim(), Seats = seats };
    }

    public void Resize(int seats, int used)
    {
        if (seats < used) throw new RuleBroken("seats_in_use", $"{used} seats of {Product} are in use; the pool cannot have fewer.").With("used", used);
        Seats = seats;
    }

    [GeneratedRegex(@"\b[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\b|\b[A-Z0-9]{25}\b", RegexOptions.IgnoreCase)]
    private static partial Regex ProductKey();
}

/// <summary>A seat bound to a device; released when the device is retired, never deleted.</summary>
public sealed class LicenceSeat
{
    public Guid Id { get; init; }
    public Guid PoolId { get; init; }
    public Guid DeviceId { get; init; }
    public DateTimeOffset BoundAt { get; init; }
    public required string BoundBy { get; init; }
    public DateTimeOffset? ReleasedAt { get; set; }
}

internal sealed class LicenceMapping : IEntityTypeConfiguration<LicencePool>, IEntityTypeConfiguration<LicenceSeat>
{
    public void Configure(EntityTypeBuilder<LicencePool> pool)
    {
        pool.ToTable("licence_pools");
        pool.Property(p => p.Id).ValueGeneratedNever();
        pool.Property(p => p.Version).IsRowVersion();
        pool.HasIndex(p => new { p.Partner, p.Reference, p.Product }).IsUnique().HasDatabaseName("licence_pool_already_known");
    }

    public void Configure(EntityTypeBuilder<LicenceSeat> seat)
    {
        seat.ToTable("licence_seats");
        seat.Property(s => s.Id).ValueGeneratedNever();
        seat.HasOne<LicencePool>().WithMany().HasForeignKey(s => s.PoolId);
        seat.HasOne<Devices.Device>().WithMany().HasForeignKey(s => s.DeviceId);
        seat.HasIndex(s => s.PoolId).HasFilter("released_at is null");
        seat.HasIndex(s => s.DeviceId).IsUnique().HasFilter("released_at is null").HasDatabaseName("device_has_a_seat");
    }
}
