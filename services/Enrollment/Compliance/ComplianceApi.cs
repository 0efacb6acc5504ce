using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Compliance;

public static class ComplianceApi
{
    public static void MapCompliance(this IEndpointRouteBuilder app)
    {
        var compliance = app.MapGroup("/api/enrollment").WithTags("Compliance").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Regulator));
        compliance.MapGet("/compliance", ReadComplianceBoard.Handle);
        compliance.MapGet("/compliance.csv", ExportCompliance.Handle);
        compliance.MapPost("/compliance/mandated", ImportMandatedCompanies.Handle).Accepts<string>("text/csv");
    }
}
