using BetterConnections.Postgres.Audit;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>What ODK Collect, KoboCollect and Enketo ask a server for (OpenRosa 1.0). The token in the path is the permission.</summary>
public static class OpenRosaApi
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapOpenRosa(this IEndpointRouteBuilder app)
    {
        var server = app.MapGroup(ServerAddress.Route).AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(SpeakOpenRosa);
        server.MapMethods("/formList", Read, ListForms.Handle);
        server.MapGet("/forms/{formId}.xml", ReadForm.Latest);
        server.MapGet("/forms/{formId}/versions/{version}.xml", ReadForm.Handle);
        server.MapGet("/forms/{formId}/manifest", ReadManifest.Handle);
        server.MapGet("/forms/{formId}/attachments/{name}", ReadFormFile.Handle);
        server.MapMethods("/submission", Read, (FieldCollector _) => TypedResults.NoContent());
        server.MapPost("/submission", ReceiveSubmission.Handle).WithMetadata(new OwnRecord());
        server.MapGet("/settings.json", ReadSettings.Json);
        server.MapGet("/settings.png", ReadSettings.Png);
        server.MapGet("/web", ShowWebForm.Handle);
        server.MapDelete("/web", EndAddress.Handle);
        // Without it the answer would be 401, on which apps ask the person for a password.
        app.MapFallback(OpenRosa.Prefix + "/{**rest}", IResult () => throw new NotThere("not_found", "There is nothing at this address.")).AllowAnonymous();
    }

    /// <summary>A missing version is let through, for a browser or curl; another one is not spoken here. Date is not looked at: phones write it in their own language.</summary>
    private static ValueTask<object?> SpeakOpenRosa(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers["X-OpenRosa-Version"].ToString() is not ("" or "1.0"))
            throw new BadInput("openrosa_version_unknown", "This server speaks OpenRosa 1.0.");
        OpenRosa.SetHeaders(http.Response);
        http.Response.Headers.CacheControl = "no-store"; // documents hold the address that is the key, lists the workers' cards
        return next(context);
    }
}
