using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Donations;
using BetterConnections.Inventory.Donors;
using BetterConnections.Inventory.Ewaste;
using BetterConnections.Inventory.Faults;
using BetterConnections.Inventory.Kits;
using BetterConnections.Inventory.Licences;
using BetterConnections.Inventory.Locations;
using BetterConnections.Inventory.Refurbishment;
using BetterConnections.Inventory.Shipments;
using BetterConnections.Inventory.Stock;
using BetterConnections.Inventory.Wipes;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory;

public sealed class InventoryDb(DbContextOptions<InventoryDb> options) : DbContext(options)
{
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<DeviceEvent> DeviceEvents => Set<DeviceEvent>();
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Donor> Donors => Set<Donor>();
    public DbSet<Donation> Donations => Set<Donation>();
    public DbSet<ManifestImport> ManifestImports => Set<ManifestImport>();
    public DbSet<LicencePool> LicencePools => Set<LicencePool>();
    public DbSet<LicenceSeat> LicenceSeats => Set<LicenceSeat>();
    public DbSet<Kit> Kits => Set<Kit>();
    public DbSet<Shipment> Shipments => Set<Shipment>();
    public DbSet<StockLevel> StockLevels => Set<StockLevel>();
    public DbSet<WorkOrder> WorkOrders => Set<WorkOrder>();
    public DbSet<WorkOrderItem> WorkOrderItems => Set<WorkOrderItem>();
    public DbSet<Wipe> Wipes => Set<Wipe>();
    public DbSet<Medium> Media => Set<Medium>();
    public DbSet<WipeWaiver> WipeWaivers => Set<WipeWaiver>();
    public DbSet<WipeCertificate> WipeCertificates => Set<WipeCertificate>();
    public DbSet<Fault> Faults => Set<Fault>();
    public DbSet<EwasteBatch> EwasteBatches => Set<EwasteBatch>();

    /// <summary>Takes <paramref name="count"/> numbers for barcodes, ascending; a number taken and not used leaves a gap, which is harmless.</summary>
    public Task<List<long>> NextDeviceNumbersAsync(int count, CancellationToken cancel) =>
        Database.SqlQuery<long>($"select nextval('device_numbers') as \"Value\" from generate_series(1, {count})").ToListAsync(cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<decimal>().HavePrecision(14, 2);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>("device_numbers");
        model.ApplyConfigurationsFromAssembly(typeof(InventoryDb).Assembly);
        model.UseMessaging();
        model.UsePostgresDefaults();
    }
}
