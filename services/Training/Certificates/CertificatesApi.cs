using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Certificates.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Training.Certificates;

public static class CertificatesApi
{
    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        var certificates = app.MapGroup("/api/training/certificates").WithTags("Certificates");
        certificates.MapGet("/", ListCertificates.Handle).RequireAuthorization(Access.For("training.read", Roles.TrainingPartner, Roles.ProgrammeOffice));
        certificates.MapGet("/mine", ListOwnCertificates.Handle).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        certificates.MapPost("/{id:guid}/revoke", RevokeCertificate.Handle).RequireAuthorization(Access.ForRoles(Roles.TrainingPartner));
        certificates.MapPost("/keys/rotate", Rotate).RequireAuthorization(Access.ForRoles(Roles.Operator));

        var open = app.MapGroup("/api/training/public").WithTags("Public").AllowAnonymous();
        open.MapGet("/certificates/{id:guid}", ReadPublicCertificate.ByAccept);
        open.MapGet("/certificates/{id:guid}.pdf", ReadPublicCertificate.AsPdf);
        open.MapGet("/certificates/{id:guid}.jws", ReadPublicCertificate.AsJws);
        open.MapPost("/certificates/verify", CheckCertificate.Handle);
        open.MapGet("/issuer", PublishIssuer.Profile);
        open.MapGet("/keys", PublishIssuer.Keys);
        open.MapGet("/keys/{id}", PublishIssuer.Key);
        open.MapGet("/achievements/{course:guid}/{version:int}", PublishIssuer.Achievement);
        open.MapGet("/status/{list:int}", PublishIssuer.RevocationList);
    }

    /// <summary>Should the present key have become known to others. Certificates signed with it stay good; revoke those that should not.</summary>
    private static async Task<NoContent> Rotate(KeyRing keys, CancellationToken cancel)
    {
        await keys.RotateAsync(cancel);
        return TypedResults.NoContent();
    }
}
