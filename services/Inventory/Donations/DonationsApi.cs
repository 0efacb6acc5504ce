using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Donations;

public static class DonationsApi
{
    public static void MapDonations(this IEndpointRouteBuilder app)
    {
        var donations = app.MapGroup("/api/inventory/donations").WithTags("Donations");

        var follow = donations.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Donor, Roles.Evaluator));
        follow.MapGet("/", ReadDonations.List);
        follow.MapGet("/{id:guid}", ReadDonations.One);
        follow.MapGet("/{id:guid}/devices", ReadOutcome.Devices);
        follow.MapGet("/{id:guid}/outcome", ReadOutcome.Handle);

        var read = donations.MapGroup("").RequireAuthorization(Access.For("inventory.read", Roles.ProgrammeOffice, Roles.Logistics, Roles.Donor));
        read.MapGet("/{id:guid}/history", ReadDonations.History);
        read.MapGet("/{id:guid}/certificates", ReadOutcome.Certificates);
        read.MapGet("/{id:guid}/imports", ReadImports.List);
        read.MapGet("/{id:guid}/imports/{importId:guid}", ReadImports.One);
        read.MapGet("/{id:guid}/imports/{importId:guid}/errors.csv", ReadImports.Errors);

        var give = donations.MapGroup("").RequireAuthorization(Access.For("inventory.write", Roles.ProgrammeOffice, Roles.Logistics, Roles.Donor));
        give.MapPost("/", OfferDonation.Handle);
        give.MapPost("/{id:guid}/manifest", ImportManifest.Handle)
            .Accepts<Stream>("text/csv", UploadedFile.Types);

        var decide = donations.MapGroup("").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        decide.MapPost("/{id:guid}/accept", MoveDonation.Accept);
        decide.MapPost("/{id:guid}/decline", MoveDonation.Decline);

        donations.MapPost("/{id:guid}/collect", MoveDonation.Collect).RequireAuthorization(Access.For("inventory.write", Roles.Logistics));
    }

    public static NotThere Unknown() => new("donation_unknown", "There is no such donation.");
}
