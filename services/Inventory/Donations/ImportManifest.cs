using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Inventory.Donations;

/// <param name="DryRun">Say what would be done and change nothing.</param>
/// <param name="LocationId">The warehouse that receives the devices; the donation's own where left out.</param>
/// <param name="Kind">What a row is that names no kind.</param>
/// <param name="FileName">For a body that is the file itself.</param>
public sealed record ManifestOptions(bool DryRun = false, Guid? LocationId = null, DeviceKind? Kind = null, string? FileName = null);

/// <summary>A donor's list of devices, as the body itself or as the one file of a form, becomes devices: all good rows at once or none.</summary>
public static class ImportManifest
{
    public static async Task<ImportReport> Handle(Guid id, [AsParameters] ManifestOptions options, InventoryDb db, ProgrammeSettings programme,
        ClaimsPrincipal user, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        var donation = await db.VisibleDonationAsync(id, user, cancel);
        donation.RequireAccepted();
        var warehouse = options.LocationId ?? donation.WarehouseId;
        if (warehouse is { } given) await db.RequireWarehouseAsync(given, cancel);
        else if (!options.DryRun) throw new BadInput("location_required", "Say which warehouse receives the devices.");

        await using var file = await UploadedFile.ReceiveAsync(request, options.FileName, programme.LargestManifest, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        try
        {
            return options.DryRun
                ? await db.RepeatedAsync(id, file, dryRun: true, cancel) ?? await db.TryAsync(id, file, programme, options.Kind, act, cancel)
                : await db.ImportAsync(id, file, programme, warehouse!.Value, options.Kind, act, cancel);
        }
        catch (ManifestUnreadable unreadable)
        {
            throw unreadable.Code == ManifestErrors.FileTooLarge
                ? new Refused(StatusCodes.Status413PayloadTooLarge, unreadable.Code, unreadable.Message)
                : new BadInput(unreadable.Code, unreadable.Message);
        }
    }

    private static async Task<ImportReport> TryAsync(this InventoryDb db, Guid donationId, UploadedFile file, ProgrammeSettings programme,
        DeviceKind? kind, Act act, CancellationToken cancel)
    {
        var manifest = Open(file, act);
        var import = Begin(donationId, file, manifest, act);
        var errors = await new ManifestRun(db, programme, import, Guid.Empty, kind, dryRun: true).TakeAsync(manifest, cancel);
        return ImportReport.Of(import, manifest, errors, dryRun: true);
    }

    /// <summary>
    /// The unique index on serials decides between this import and whoever registers one of its devices at the same moment:
    /// if the import loses, it starts again, once, and finds that device known.
    /// </summary>
    private static async Task<ImportReport> ImportAsync(this InventoryDb db, Guid donationId, UploadedFile file, ProgrammeSettings programme,
        Guid warehouse, DeviceKind? kind, Act act, CancellationToken cancel)
    {
        Task<ImportReport> Import() => db.InTransactionAsync(() => db.ImportOnceAsync(donationId, file, programme, warehouse, kind, act, cancel), cancel);
        try
        {
            return await Import();
        }
        catch (PostgresException lost) when (lost is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ManifestErrors.SerialAlreadyKnown })
        {
            db.ChangeTracker.Clear();
            return await Import();
        }
    }

    private static async Task<ImportReport> ImportOnceAsync(this InventoryDb db, Guid donationId, UploadedFile file, ProgrammeSettings programme,
        Guid warehouse, DeviceKind? kind, Act act, CancellationToken cancel)
    {
        // Imports go one after the other: two with the same serials in another order would lock each other out again and again,
        // and the second of two equal files has to see the first. A line of large ones may take longer than a query should.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('manifest imports', 0))", cancel);
        var donation = await db.Donations.FromSql($"select *, xmin from donations where id = {donationId} for update").SingleAsync(cancel);
        donation.RequireAccepted();
        if (await db.RepeatedAsync(donationId, file, dryRun: false, cancel) is { } repeated) return repeated;

        var manifest = Open(file, act);
        var import = Begin(donationId, file, manifest, act);
        db.ManifestImports.Add(import);
        await db.SaveChangesAsync(cancel);
        var errors = await new ManifestRun(db, programme, import, warehouse, kind, dryRun: false).TakeAsync(manifest, cancel);
        if (import.Accepted > 0)
        {
            donation.Receive(act with { Why = $"{import.Accepted} devices by manifest {import.FileName}".TrimEnd() });
            db.Publish(new DonationReceived(donation.Id, donation.DonorId, import.Accepted, act.At));
        }
        await db.SaveChangesAsync(cancel);
        return ImportReport.Of(import, manifest, errors, dryRun: false);
    }

    private static async Task<ImportReport?> RepeatedAsync(this InventoryDb db, Guid donationId, UploadedFile file, bool dryRun, CancellationToken cancel)
    {
        var earlier = await db.ManifestImports.AsNoTracking().SingleOrDefaultAsync(i => i.DonationId == donationId && i.Sha256 == file.Sha256, cancel);
        return earlier is null ? null : ImportReport.Repeated(earlier, await db.ErrorsAsync(earlier.Id, cancel), dryRun);
    }

    private static Manifest Open(UploadedFile file, Act act)
    {
        file.Content.Position = 0;
        return ManifestReader.Read(file.Content, DateOnly.FromDateTime(act.At.UtcDateTime));
    }

    private static ManifestImport Begin(Guid donationId, UploadedFile file, Manifest manifest, Act act) => new()
    {
        Id = Guid.CreateVersion7(act.At),
        DonationId = donationId,
        Sha256 = file.Sha256,
        FileName = file.Name,
        By = act.By,
        At = act.At,
        Headings = [.. manifest.Columns.Select(c => c.Heading)],
    };
}
