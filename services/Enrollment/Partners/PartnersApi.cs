using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Partners;

public static class PartnersApi
{
    public static void MapPartners(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/enrollment").WithTags("Partners").RequireAuthorization(
            Access.For("enrollment.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Regulator, Roles.Evaluator));
        read.MapGet("/partners", ListPartners.Handle);
        read.MapGet("/partners/{id:guid}", ReadPartner.Handle);
        read.MapGet("/pledges", ListPledges.Handle);
        read.MapGet("/pledges/{id:guid}", ReadPledge.Handle);

        var write = app.MapGroup("/api/enrollment").WithTags("Partners").RequireAuthorization(Access.For("enrollment.write", Roles.ProgrammeOffice));
        write.MapPost("/partners", AddPartner.Handle);
        write.MapPut("/partners/{id:guid}", CorrectPartner.Handle);
        write.MapPost("/partners/{id:guid}/pledges", MakePledge.Handle);
        write.MapPut("/pledges/{id:guid}", ChangePledge.Handle);
        write.MapPost("/pledges/{id:guid}/deliveries", RecordDelivery.Handle);
        write.MapPost("/pledges/{id:guid}/deliveries/{deliveryId:guid}/strike", StrikeDelivery.Handle);
    }
}
