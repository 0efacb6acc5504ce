using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Faults;

public static class FaultsApi
{
    public static void MapFaults(this IEndpointRouteBuilder app)
    {
        var faults = app.MapGroup("/api/inventory").WithTags("Faults");

        // Volunteers and employers report by a ticket, at the facilities that are theirs: Enrollment knows which, and anybody can register as one.
        faults.MapPost("/devices/{barcode}/faults", ReportFault.Handle).RequireAuthorization(
            Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));

        var read = faults.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics));
        read.MapGet("/faults", ReportFault.List);
        read.MapGet("/devices/{barcode}/faults", ReportFault.OfDevice);

        var repair = faults.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        repair.MapPost("/devices/{barcode}/repair", RepairDevice.Start);
        repair.MapPost("/devices/{barcode}/repaired", RepairDevice.End);
    }
}
