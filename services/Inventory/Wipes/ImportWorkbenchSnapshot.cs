using System.Security.Claims;
using System.Text.Json.Serialization;
using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

/// <summary>A snapshot that was taken in; Workbench sends one up to five times.</summary>
public sealed class WorkbenchImport
{
    public Guid Uuid { get; init; }
    public Guid DeviceId { get; init; }
    public string? Software { get; init; }
    public string? Version { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The answer that Workbench expects and prints.</summary>
/// <param name="Dhid">The device's barcode.</param>
public sealed record SnapshotAnswer(string Dhid, string Url, [property: JsonPropertyName("public_url")] string PublicUrl);

public static class ImportWorkbenchSnapshot
{
    private const int LargestSnapshot = 16 * 1024 * 1024;

    /// <summary>Finds the device by the computer's own serial, fills in what is blank, and learns which disks are in it.</summary>
    public static async Task<Created<SnapshotAnswer>> Handle(InventoryDb db, ProgrammeSettings programme, WipeRecording recording, ClaimsPrincipal user,
        TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        var snapshot = Parse(await request.ReadTextAsync(LargestSnapshot, cancel));
        var serial = Device.NormaliseSerial(snapshot.Serial) ?? throw new BadInput("serial_missing", "The snapshot has no serial of the computer to know it by.");
        var barcode = await db.InTransactionAsync(async () =>
        {
            var id = await db.DevicesVisibleTo(user).Where(d => d.Serial == serial).Select(d => (Guid?)d.Id).SingleOrDefaultAsync(cancel)
                ?? throw new NotThere("device_unknown", $"No device has the serial {serial}. Register it, then send the snapshot again.");
            var device = await db.Devices.FromSql($"select *, xmin from devices where id = {id} for update").SingleAsync(cancel);
            if (await db.Set<WorkbenchImport>().AnyAsync(i => i.Uuid == snapshot.Uuid, cancel)) return device.Barcode;

            var act = new Act(user.Subject(), clock.GetUtcNow(), $"Workbench snapshot {snapshot.Uuid}");
            db.Add(new WorkbenchImport { Uuid = snapshot.Uuid, DeviceId = device.Id, Software = snapshot.Software, Version = snapshot.Version, ReceivedAt = act.At });
            device.FillIn(snapshot);
            device.Note(act);
            await PlaceAsync(snapshot.Disks, device, db, act.At, cancel);
            await db.SaveChangesAsync(cancel);
            if (device.State != DeviceState.Received) await recording.SettleAsync([device], act, cancel);
            return device.Barcode;
        }, cancel);
        var start = $"{programme.PublicAddress(request)}/api/inventory";
        return TypedResults.Created($"/api/inventory/devices/{barcode}",
            new SnapshotAnswer(barcode, $"{start}/devices/{barcode}", $"{start}/public/devices/{barcode}"));
    }

    private static WorkbenchSnapshot Parse(string json)
    {
        try
        {
            return WorkbenchSnapshot.Parse(json);
        }
        catch (SnapshotNotValid e)
        {
            throw new BadInput(e.Code, e.Message);
        }
    }

    /// <summary>Blanks only: what people or manifests have said stands until a person corrects it.</summary>
    private static void FillIn(this Device device, WorkbenchSnapshot snapshot)
    {
        var bytes = snapshot.Disks.Sum(d => d.CapacityBytes ?? 0);
        device.Manufacturer ??= snapshot.Manufacturer;
        device.Model ??= snapshot.Model;
        device.Cpu ??= snapshot.Cpu;
        device.MemoryGb ??= (int?)snapshot.MemoryGb;
        device.StorageGb ??= bytes > 0 ? (int)(bytes / 1_000_000_000) : null;
        if (device.Storage != StorageKind.Unknown || snapshot.Disks.Count == 0) return;
        device.Storage = snapshot.Disks.Any(d => d.IsSolidState == true) ? StorageKind.Ssd
            : snapshot.Disks.All(d => d.IsSolidState == false) ? StorageKind.Hdd : StorageKind.Unknown;
    }

    private static async Task PlaceAsync(IReadOnlyList<WorkbenchDisk> disks, Device device, InventoryDb db, DateTimeOffset at, CancellationToken cancel)
    {
        var serials = disks.Select(d => Device.NormaliseSerial(d.Serial)).OfType<string>().ToList();
        var media = await db.Media.Where(m => serials.Contains(m.Serial)).ToDictionaryAsync(m => m.Serial, cancel);
        foreach (var disk in disks)
        {
            if (Device.NormaliseSerial(disk.Serial) is not { } serial) continue;
            if (!media.TryGetValue(serial, out var medium)) db.Media.Add(media[serial] = medium = new Medium { Id = Guid.CreateVersion7(at), Serial = serial });
            medium.DeviceId = device.Id;
            medium.Type = disk.IsSolidState switch { true => StorageKind.Ssd, false => StorageKind.Hdd, null => StorageKind.Unknown };
            medium.Model ??= disk.Model;
            medium.Bytes ??= disk.CapacityBytes;
        }
    }
}
