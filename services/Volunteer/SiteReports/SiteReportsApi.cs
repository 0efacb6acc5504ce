using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.SiteReports;

public static class SiteReportsApi
{
    public static void MapSiteReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/api/volunteer/site-reports").WithTags("Site reports");
        reports.MapPost("/", ReportSite.Handle).RequireAuthorization(Access.ForRoles(Roles.Volunteer));

        var read = reports.MapGroup("").RequireAuthorization(
            Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Evaluator, Roles.Volunteer));
        read.MapGet("/", ReadSiteReports.List);
        read.MapGet("/{id:guid}", ReadSiteReports.One);

        reports.MapGet("/summary", SummariseSites.Handle).RequireAuthorization(
            Access.For("volunteer.read", Roles.ProgrammeOffice, Roles.TrainingPartner, Roles.Evaluator));
    }
}
