using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.ResponseCompression;

namespace BetterConnections.Evaluation;

/// <summary>Forms and lists go to phones with a poor connection, and open data to everybody: these leave compressed.</summary>
internal static class Compression
{
    public static void AddCompression(this IHostApplicationBuilder builder) => builder.Services.AddResponseCompression(o =>
    {
        // Under TLS the length of a compressed answer can betray a secret in it to whoever makes another's browser ask and puts guesses into the
        // question (BREACH). Nobody can here: no cookie signs these requests in, so whoever asks holds the key in the address or needs none.
        o.EnableForHttps = true;
        o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv"];
    });

    /// <summary>Nothing that a token in a header gives access to is among them.</summary>
    public static void UseCompression(this WebApplication app) => app.UseWhen(
        http => OpenRosa.IsPath(http) || http.Request.Path.StartsWithSegments(PublicPage.Root), paths => paths.UseResponseCompression());
}
