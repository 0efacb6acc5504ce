using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Messaging;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Faults;

public sealed record NewFault([Required, StringLength(500, MinimumLength = 3)] string Description);

public sealed record FaultView(Guid Id, string? Barcode, Guid? FacilityId, Guid? TicketId, string? Description, FaultOutcome Outcome, DateTimeOffset ReportedAt);

public static class ReportFault
{
    public static Task<Created<FaultView>> Handle(string barcode, NewFault request, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var device = await db.Devices.AsNoTracking().ScannedAsync(barcode, programme, cancel);
            var fault = await db.ReportFaultAsync(device.Barcode, null, null, new Act(user.Subject(), clock.GetUtcNow(), request.Description), cancel);
            await db.SaveChangesAsync(cancel);
            return TypedResults.Created($"/api/inventory/devices/{device.Barcode}/faults", View(fault));
        }, cancel);

    public static async Task<Page<FaultView>> OfDevice(string barcode, [AsParameters] Paging page, InventoryDb db, ProgrammeSettings programme, CancellationToken cancel)
    {
        var device = await db.Devices.AsNoTracking().ScannedAsync(barcode, programme, cancel);
        return await ListAsync(db.Faults.Where(f => f.DeviceId == device.Id), page, cancel);
    }

    public static Task<Page<FaultView>> List([AsParameters] Paging page, Guid? facilityId, FaultOutcome? outcome, InventoryDb db, CancellationToken cancel) =>
        ListAsync(db.Faults.Where(f => (facilityId == null || f.FacilityId == facilityId) && (outcome == null || f.Outcome == outcome)), page, cancel);

    /// <summary>
    /// Writes the fault down; a device in use becomes <c>Faulty</c> and stays in its kit until it is mended or replaced.
    /// A report never fails for what it is about: it may be late, mistaken or about a device that was fetched meanwhile.
    /// Whoever reports from a facility speaks for the devices there and for no others.
    /// </summary>
    internal static async Task<Fault> ReportFaultAsync(this InventoryDb db, string? barcode, Guid? facilityId, TicketOpened? ticket, Act act, CancellationToken cancel)
    {
        var device = await db.Devices.FromSql($"select *, xmin from devices where barcode = {barcode} for update").SingleOrDefaultAsync(cancel);
        var isThere = device is not null && (facilityId is null || device.LocationId == facilityId);
        var inUse = isThere && device!.State == DeviceState.Deployed;
        var fault = new Fault
        {
            Id = Guid.CreateVersion7(act.At),
            Barcode = barcode,
            DeviceId = device?.Id,
            FacilityId = facilityId ?? device?.KitId,
            TicketId = ticket?.TicketId,
            TicketOpenedAt = ticket?.At,
            Description = act.Why,
            Outcome = device is null ? FaultOutcome.DeviceUnknown : inUse ? FaultOutcome.DeviceFaulty
                : isThere || device.State != DeviceState.Deployed ? FaultOutcome.DeviceNotInUse : FaultOutcome.DeviceElsewhere,
            ReportedBy = act.By,
            ReportedAt = act.At,
        };
        db.Faults.Add(fault);
        if (inUse)
        {
            device!.Move(DeviceState.Faulty, act);
            db.Publish(new DeviceFailed(device.Barcode, device.KitId ?? facilityId, ticket?.TicketId, act.At));
        }
        return fault;
    }

    private static Task<Page<FaultView>> ListAsync(IQueryable<Fault> faults, Paging page, CancellationToken cancel) => faults.AsNoTracking().PageAsync(f => f.Id, page,
        f => new FaultView(f.Id, f.Barcode, f.FacilityId, f.TicketId, f.Description, f.Outcome, f.ReportedAt), descending: true, cancel);

    private static FaultView View(Fault f) => new(f.Id, f.Barcode, f.FacilityId, f.TicketId, f.Description, f.Outcome, f.ReportedAt);
}
