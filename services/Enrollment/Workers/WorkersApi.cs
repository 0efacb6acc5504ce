using BetterConnections.Contracts;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Workers;

public static class WorkersApi
{
    public static void MapWorkers(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/enrollment").WithTags("Workers").RequireAuthorization(
            Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Employer, Roles.Volunteer));
        read.MapGet("/facilities/{id:guid}/workers", ListWorkers.Handle);
        read.MapGet("/facilities/{id:guid}/workers/counts", CountWorkers.Handle);
        read.MapGet("/workers/{code}", ReadWorker.Handle);

        var write = app.MapGroup("/api/enrollment").WithTags("Workers").RequireAuthorization(
            Access.For("enrollment.write", Roles.ProgrammeOffice, Roles.Employer));
        write.MapPost("/facilities/{id:guid}/workers", JoinWorker.Handle);
        write.MapPost("/workers/{code}/leave", LeaveFacility.Handle);
        write.MapPost("/workers/{code}/move", MoveWorker.Handle);
        write.MapPost("/workers/{code}/withdraw-consent", WithdrawConsent.Handle);

        // What describes the person is shown to the programme office alone, so nobody else changes it.
        var person = app.MapGroup("/api/enrollment/workers/{code}").WithTags("Workers").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        person.MapPut("", CorrectWorker.Handle);
        person.MapGet("/history", ReadWorkerHistory.Handle);
        person.MapPost("/give-consent", GiveConsent.Handle);
        person.MapPost("/erase", EraseWorker.Handle);

        write.MapPost("/facilities/{id:guid}/workers/import", ImportWorkers.AtFacility);
        write.MapPost("/workers/import", ImportWorkers.AtMany);
        write.MapGet("/workers/imports", ListImports.Handle);
        write.MapGet("/workers/imports/{id:guid}", ReadImport.Handle);
    }
}
