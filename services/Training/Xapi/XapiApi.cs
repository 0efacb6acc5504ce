using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Xapi;

/// <summary>
/// The statements resource of xAPI 1.0.3, at <c>/xapi</c> as learning tools expect it and at this service's own path. Of the standard it has
/// statements about activities by agents with an account; groups, sub-statements, attachments, voiding, documents and the filters by
/// registration and related agents or activities are refused, never ignored.
/// </summary>
public static class XapiApi
{
    public const string Version = "1.0.3";
    private const string VersionHeader = "X-Experience-API-Version";
    private static readonly string[] Roots = ["/xapi", "/api/training/xapi"];

    public static void MapXapi(this IEndpointRouteBuilder app)
    {
        foreach (var root in Roots)
        {
            var xapi = app.MapGroup(root).WithTags("xAPI").RequireAuthorization(Access.For("training.xapi", Roles.TrainingPartner));
            xapi.MapGet("/about", () => new { version = new[] { Version } });
            var statements = xapi.MapGroup("/statements").AddEndpointFilter(RequireVersion);
            statements.MapPut("/", PutStatement.Handle);
            statements.MapPost("/", PostStatements.Handle);
            statements.MapMethods("/", ["GET", "HEAD"], ReadStatements.Handle);
        }
    }

    /// <summary>Every answer says the version, refusals too.</summary>
    public static IApplicationBuilder UseXapiVersion(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (Roots.Any(root => http.Request.Path.StartsWithSegments(root))) http.Response.OnStarting(() =>
        {
            http.Response.Headers[VersionHeader] = Version;
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static ValueTask<object?> RequireVersion(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = context.HttpContext.Request.Headers[VersionHeader].ToString();
        return given == "1.0" || given.StartsWith("1.0.", StringComparison.Ordinal) ? next(context)
            : throw new BadInput("xapi_version_not_supported", $"Send the header {VersionHeader}: {Version}.");
    }
}
