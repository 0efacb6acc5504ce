using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Inventory.Wipes;

public sealed record NewWipeWaiver([Required, StringLength(500, MinimumLength = 10)] string Reason);

/// <summary>The programme office's decision that Clear was enough for one device, and why.</summary>
public sealed class WipeWaiver
{
    public Guid Id { get; init; }
    public Guid DeviceId { get; init; }
    public required string Reason { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
}

public sealed record WipeWaiverView(Guid Id, string Barcode, string Reason, string By, DateTimeOffset At);

public static class WaiveWipe
{
    /// <summary>Lets a cleared device leave for a club; it has to be wiped all the same.</summary>
    public static async Task<Created<WipeWaiverView>> Handle(string barcode, NewWipeWaiver request, InventoryDb db, ProgrammeSettings programme,
        ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        var device = await db.Devices.ScannedAsync(barcode, programme, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow(), $"wipe waiver: {request.Reason}");
        device.WaiveWipe(act);
        var waiver = new WipeWaiver { Id = Guid.CreateVersion7(act.At), DeviceId = device.Id, Reason = request.Reason, By = act.By, At = act.At };
        db.WipeWaivers.Add(waiver);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, new WipeWaiverView(waiver.Id, device.Barcode, waiver.Reason, waiver.By, waiver.At));
    }
}
