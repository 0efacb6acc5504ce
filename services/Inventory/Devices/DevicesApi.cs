using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Devices;

public static class DevicesApi
{
    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/api/inventory/devices").WithTags("Devices");

        var read = devices.MapGroup("").RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club, Roles.Recycler, Roles.Donor, Roles.Evaluator));
        read.MapGet("/", ListDevices.Handle);
        read.MapGet("/{barcode}", ReadDevice.Handle);
        read.MapGet("/{barcode}/history", ReadHistory.Handle);

        var write = devices.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
        write.MapPost("/", RegisterDevice.Handle);
        write.MapPut("/{barcode}", CorrectDevice.Handle);

        app.MapPost("/api/inventory/scans", ScanDevices.Handle).WithTags("Scans")
            .RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics));
    }
}
