using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.SiteReports;

public static class SiteReportsApi
{
    public static void MapSiteReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/api/volunteer/site-reports").WithTags("Site reports");
        var write = reports.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        write.MapPost("/", ReportSite.Handle);
        write.MapPost("/{id:guid}/photos", AddSitePhoto.Handle).Accepts<byte[]>("application/octet-stream", "image/jpeg", "image/png");
        // A picture can show faces, as no number does: not for those who only count.
        reports.MapGet("/{id:guid}/photos/{photoId:guid}", ReadSitePhoto.Handle).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Volunteer));

        var read = reports.MapGroup("").RequireAuthorization(
            Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Evaluator, Roles.Volunteer));
        read.MapGet("/", ReadSiteReports.List);
        read.MapGet("/{id:guid}", ReadSiteReports.One);

        reports.MapGet("/summary", SummariseSites.Handle).RequireAuthorization(
            Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Evaluator));
    }
}
