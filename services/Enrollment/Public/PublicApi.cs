namespace BetterConnections.Enrollment.Public;

/// <summary>What anybody may read without signing in.</summary>
public static class PublicApi
{
    public static void MapPublic(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/api/enrollment/public").WithTags("Public").AllowAnonymous();
        open.MapGet("/figures", ReadPublicFigures.Handle);
        open.MapGet("/facilities", ListPublicFacilities.Handle);
        open.MapGet("/guidelines/{audience}", ReadGuideline.Handle);
    }
}
