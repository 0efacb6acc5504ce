using BetterConnections.Postgres;
using Microsoft.AspNetCore.Mvc;

namespace BetterConnections.Identity.Tokens;

public static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var connect = app.MapGroup("/connect").WithTags("Tokens").AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(16 * 1024))
            .AddEndpointFilter(InTermsOfOAuth);
        connect.MapPost("/token", Token).Produces<TokenAnswer>();
        connect.MapPost("/revoke", Revoke).Produces(200);
    }

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddScoped<Grants>();
    }

    /// <summary>RFC 6749. Form parameters: grant_type password (username, password), refresh_token (refresh_token) or client_credentials (scope).</summary>
    private static async Task<IResult> Token(HttpRequest http, Grants grants, CancellationToken cancel)
    {
        var request = await TokenRequest.ReadAsync(http, cancel);
        return Results.Json(request.Required("grant_type") switch
        {
            "password" => await grants.PasswordAsync(request, cancel),
            "refresh_token" => await grants.RefreshAsync(request, cancel),
            "client_credentials" => await grants.ClientCredentialsAsync(request, cancel),
            _ => throw new TokenRefused("unsupported_grant_type", "Known are password, refresh_token and client_credentials."),
        });
    }

    /// <summary>
    /// Signs out (RFC 7009): ends the session of a refresh token, be it the newest or a spent one. 200 for tokens unknown too,
    /// since either way there is none left that is good.
    /// </summary>
    private static async Task<IResult> Revoke(HttpRequest http, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var text = (await TokenRequest.ReadAsync(http, cancel)).Required("token");
        if (text.Count(c => c == '.') == 2) throw new TokenRefused("unsupported_token_type", "An access token cannot be revoked; it ends within minutes.");
        if (RefreshToken.TryParse(text, out var token))
            await db.InTransactionAsync(async () =>
            {
                (await db.LockSessionAsync(token.SessionId, cancel))?.End(clock.GetUtcNow());
                return await db.SaveChangesAsync(cancel);
            }, cancel);
        return Results.Ok();
    }

    private static async ValueTask<object?> InTermsOfOAuth(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (TokenRefused refused)
        {
            if (refused.Status == 401) response.Headers.WWWAuthenticate = "Basic realm=\"better-connections\"";
            return Results.Json(new { error = refused.Error, error_description = refused.Message }, statusCode: refused.Status);
        }
    }
}
