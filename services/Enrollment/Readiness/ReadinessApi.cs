using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Readiness;

public static class ReadinessApi
{
    public static void MapReadiness(this IEndpointRouteBuilder app)
    {
        var facility = app.MapGroup("/api/enrollment/facilities/{id:guid}").WithTags("Readiness");

        var read = facility.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Employer, Roles.Volunteer));
        read.MapGet("/checklist", ReadChecklist.Handle);
        read.MapGet("/evidence/{evidenceId:guid}", ReadEvidence.Handle);

        var prepare = facility.MapGroup("/checklist/{item}").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Employer));
        prepare.MapPost("/done", MarkItemDone.Handle);
        prepare.MapPost("/evidence", UploadEvidence.Handle).Accepts<byte[]>("application/octet-stream", "image/jpeg", "image/png", "application/pdf");

        var inspect = facility.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Volunteer));
        inspect.MapPost("/checklist/{item}/inspect", InspectItem.Handle);
        inspect.MapPost("/space-ready", DeclareSpaceReady.Handle);
    }
}
