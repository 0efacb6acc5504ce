using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Sites;

public static class SitesApi
{
    public static void MapSites(this IEndpointRouteBuilder app)
    {
        var sites = app.MapGroup("/api/enrollment/sites").WithTags("Sites");

        var read = sites.MapGroup("").RequireAuthorization(Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Employer));
        read.MapGet("/", ListSites.Handle);
        read.MapGet("/{id:guid}", ReadSite.Handle);

        var write = sites.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.Employer));
        write.MapPost("/", AddSite.Handle).RequireAuthorization(Access.ForRoles(Roles.Employer));
        write.MapPut("/{id:guid}", ChangeSite.Handle);
    }
}
