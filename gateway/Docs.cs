namespace BetterConnections.Gateway;

/// <summary><c>/docs</c>: every service's OpenAPI document to read and to try, from this origin alone.</summary>
internal static class Docs
{
    private static readonly string[] Services = ["Identity", "Enrollment", "Inventory", "Volunteer", "Training", "Evaluation"];

    public static void MapDocs(this IEndpointRouteBuilder app) => app.MapSwaggerUI("docs", o =>
    {
        o.DocumentTitle = "Better Connections API";
        foreach (var service in Services) o.SwaggerEndpoint($"/openapi/{service.ToLowerInvariant()}.json", service);
    }).AllowAnonymous();
}
