using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Wipes;

public static class WipesApi
{
    public static void MapWipes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/inventory/devices/{barcode}/wipes", ReadWipes.OfDevice).WithTags("Wipes").RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club, Roles.Evaluator));

        var read = app.MapGroup("/api/inventory").WithTags("Wipes").RequireAuthorization(
            Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club, Roles.Donor));
        read.MapGet("/wipes/{id:guid}/certificate", ReadCertificate.ByAccept);
        read.MapGet("/wipes/{id:guid}/certificate.html", ReadCertificate.AsPage);
        read.MapGet("/wipes/{id:guid}/certificate.pdf", ReadCertificate.AsPdf);

        var write = app.MapGroup("/api/inventory/wipes").WithTags("Wipes").RequireAuthorization(
            Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics, Roles.Club));
        write.MapPost("/", RecordWipes.Handle);
        write.MapPost("/nwipe-log", ImportNwipeLog.Handle);
        write.MapPost("/workbench-snapshot", ImportWorkbenchSnapshot.Handle);

        app.MapPost("/api/inventory/devices/{barcode}/wipe-waiver", WaiveWipe.Handle).WithTags("Wipes").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        app.MapGet("/api/inventory/wipe-waivers", ListWipeWaivers.Handle).WithTags("Wipes").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        app.MapGet("/api/inventory/certificates/{hash}", CheckCertificate.Handle).WithTags("Wipes").AllowAnonymous();
    }
}
