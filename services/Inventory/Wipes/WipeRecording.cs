using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

/// <param name="Done">The record is stored, or was before.</param>
/// <param name="Known">It was stored before; nothing changed.</param>
/// <param name="Code">Why it was refused; or, with <paramref name="Done"/>, why the device stays in triage all the same.</param>
public sealed record WipeResult(string Barcode, string? MediaSerial, bool Done, bool Known = false, Guid? WipeId = null, DeviceState? State = null,
    string? Code = null, string? Sentence = null);

public sealed record WipeReport(int Done, int Refused, IReadOnlyList<WipeResult> Results)
{
    public static WipeReport Of(IReadOnlyList<WipeResult> results) => new(results.Count(r => r.Done), results.Count(r => !r.Done), results);
}

/// <summary>What records, logs and snapshots have in common: many claims about many devices, each answered, the devices then settled.</summary>
public sealed class WipeRecording(InventoryDb db, ProgrammeSettings programme, TimeProvider clock)
{
    /// <summary>Stores each wipe that makes sense, issues its certificate, and moves the devices that are now clean.</summary>
    public Task<IReadOnlyList<WipeResult>> RecordAsync(IReadOnlyList<(string Barcode, Wipe Wipe)> claims, ClaimsPrincipal user, CancellationToken cancel) =>
        db.InTransactionAsync<IReadOnlyList<WipeResult>>(async () =>
        {
            var act = new Act(user.Subject(), clock.GetUtcNow());
            var read = claims.Select(c => (c.Wipe, Scan: Read(c.Barcode))).ToList();
            var devices = await LockAsync([.. read.Select(r => r.Scan.Barcode).OfType<string>().Distinct()], user, cancel);
            var serials = claims.Select(c => c.Wipe.MediaSerial).OfType<string>().Distinct().ToList();
            var media = await db.Media.Where(m => serials.Contains(m.Serial)).ToDictionaryAsync(m => m.Serial, cancel);
            var fingerprints = read.Where(r => r.Scan.Barcode is not null).Select(r => r.Wipe.FingerprintFor(r.Scan.Barcode!)).ToList();
            var known = await db.Wipes.Where(w => fingerprints.Contains(w.Fingerprint)).ToDictionaryAsync(w => w.Fingerprint, w => w.Id, cancel);
            var ids = devices.Values.Select(d => d.Id).ToList();
            var last = await db.Wipes.Where(w => ids.Contains(w.DeviceId)).GroupBy(w => w.DeviceId)
                .ToDictionaryAsync(g => g.Key, g => g.Max(w => w.Seq), cancel);

            var results = new List<WipeResult>();
            var stored = new List<(Wipe Wipe, Device Device)>();
            foreach (var (wipe, scan) in read)
            {
                try
                {
                    if (scan.Barcode is null) throw scan.Refusal!;
                    var device = devices.GetValueOrDefault(scan.Barcode) ?? throw new NotThere("barcode_unknown", "No device has this barcode.");
                    var fingerprint = wipe.FingerprintFor(device.Barcode);
                    var isKnown = known.TryGetValue(fingerprint, out var id);
                    if (!isKnown)
                    {
                        var medium = wipe.MediaSerial is { } serial ? media.GetValueOrDefault(serial) : null;
                        Require(device, wipe, medium, act.At);
                        wipe.RecordFor(device, last[device.Id] = last.GetValueOrDefault(device.Id) + 1, fingerprint, act);
                        db.Wipes.Add(wipe);
                        if (wipe.Standing == WipeStanding.Failed) device.Note(act with { Why = wipe.Summary });
                        if (wipe.MediaSerial is not null) media[wipe.MediaSerial] = Place(medium, wipe, act);
                        known[fingerprint] = id = wipe.Id;
                        stored.Add((wipe, device));
                    }
                    results.Add(new(device.Barcode, wipe.MediaSerial, true, isKnown, id));
                }
                catch (Refusal refusal)
                {
                    results.Add(new(scan.Barcode ?? scan.Text, wipe.MediaSerial, false, Code: refusal.Code, Sentence: refusal.Message));
                }
            }
            foreach (var (wipe, device) in stored.Where(s => s.Wipe.Status == WipeStatus.Succeeded))
                db.WipeCertificates.Add(WipeCertificate.Issue(wipe, device, programme, act.At));
            await db.SaveChangesAsync(cancel);
            await SettleAsync([.. stored.Select(s => s.Device).Distinct()], act, cancel);
            return [.. results.Select(r => r.Done ? Explained(r, devices[r.Barcode]) : r)];
        }, cancel);

    /// <summary>Reckons the standing of devices whose media or records have changed.</summary>
    public async Task SettleAsync(IReadOnlyList<Device> devices, Act act, CancellationToken cancel)
    {
        var ids = devices.Select(d => d.Id).ToList();
        var media = (await db.Media.Where(m => ids.Contains(m.DeviceId)).Select(m => new { m.DeviceId, m.Serial }).ToListAsync(cancel)).ToLookup(m => m.DeviceId, m => m.Serial);
        var wipes = (await db.Wipes.Where(w => ids.Contains(w.DeviceId)).OrderBy(w => w.Seq).ToListAsync(cancel)).ToLookup(w => w.DeviceId);
        foreach (var device in devices)
        {
            var current = wipes[device.Id].Where(w => w.RecordedAt >= device.TriagedAt).ToList();
            device.SettleWipe(Media.Standing([.. media[device.Id]], current), act with { Why = current.LastOrDefault()?.Summary });
        }
        await db.SaveChangesAsync(cancel);
    }

    private static void Require(Device device, Wipe wipe, Medium? medium, DateTimeOffset now)
    {
        if (device.State is DeviceState.Received or DeviceState.Returned)
            throw new RuleBroken("not_triaged", $"{device.Barcode} is {device.State}: triage it first, then record its wipe.");
        wipe.RequireSense(medium?.Type ?? device.Storage, now);
    }

    /// <summary>The disk is in this device now, wherever it was before.</summary>
    private Medium Place(Medium? medium, Wipe wipe, Act act)
    {
        if (medium is null) db.Media.Add(medium = new Medium { Id = Guid.CreateVersion7(act.At), Serial = wipe.MediaSerial!, Type = wipe.MediaType });
        medium.DeviceId = wipe.DeviceId;
        medium.Model ??= wipe.MediaModel;
        medium.Bytes ??= wipe.MediaBytes;
        return medium;
    }

    private async Task<Dictionary<string, Device>> LockAsync(string[] barcodes, ClaimsPrincipal user, CancellationToken cancel)
    {
        var devices = await db.Devices.FromSql($"select *, xmin from devices where barcode = any({barcodes}) order by number for update").ToListAsync(cancel);
        var visible = await db.DevicesVisibleTo(user).Where(d => barcodes.Contains(d.Barcode)).Select(d => d.Id).ToHashSetAsync(cancel);
        return devices.Where(d => visible.Contains(d.Id)).ToDictionary(d => d.Barcode);
    }

    private (string Text, string? Barcode, Refusal? Refusal) Read(string scanned) =>
        Barcode.TryParse(scanned, programme.BarcodePrefix, out var barcode, out var error) ? (scanned, barcode.ToString(), null)
        : (scanned.Trim(), null, error == BarcodeErrors.CheckCharacterWrong
            ? new BadInput(error, "Misread: the check character is wrong. Scan it again.")
            : new BadInput(BarcodeErrors.NotABarcode, "This is not one of the programme's barcodes."));

    private static WipeResult Explained(WipeResult result, Device device)
    {
        try
        {
            device.RequireWipe();
            return result with { State = device.State };
        }
        catch (RuleBroken stays)
        {
            return result with { State = device.State, Code = stays.Code, Sentence = stays.Message };
        }
    }
}
