using System.Diagnostics.CodeAnalysis;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace BetterConnections.Gateway;

/// <summary>
/// Serves the portal (<c>portal/</c>, built into <c>wwwroot</c> by ./bc up): its files as they are, and its first page for every address that
/// nothing else has, since the page itself knows what stands there.
/// </summary>
internal static class Portal
{
    /// <summary>
    /// Scripts, styles and requests of this origin alone; pictures, films and sound also from what the person has just taken or keeps.
    /// WebAssembly, which reaches nothing that scripts do not hand it, reads codes before the camera where the browser cannot.
    /// </summary>
    private const string ContentPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
        + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>What <c>dotnet publish</c> lays beside each file, the smaller first.</summary>
    private static readonly (string Coding, string Ending)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Before routing: a file needs no sign-in, and an office's many computers, which have one address, fetch them all at once.</summary>
    public static void UsePortal(this WebApplication app)
    {
        if (IsBuilt(app)) UseFiles(app, app.Environment.WebRootFileProvider);
        else app.Logger.LogInformation("The portal was not built on this system; / leads to the documentation of the API.");
    }

    /// <summary>The last of all routes.</summary>
    public static void MapPortal(this WebApplication app)
    {
        if (IsBuilt(app))
        {
            var pipeline = ((IApplicationBuilder)app).New();
            UseFiles(pipeline, app.Environment.WebRootFileProvider);
            var show = pipeline.Build();
            app.MapFallback("{**path}", http =>
            {
                if (!AsksForPage(http)) return NotFound(http);
                http.Request.Path = "/index.html";
                http.SetEndpoint(null); // who serves files leaves alone what an endpoint has
                return show(http);
            }).AllowAnonymous();
        }
        else
        {
            app.MapGet("/", () => Results.Redirect("/docs")).AllowAnonymous();
            // The labels of devices lead here.
            app.MapGet("/devices/{barcode}", (string barcode) => Results.Redirect($"/api/inventory/public/devices/{Uri.EscapeDataString(barcode)}")).AllowAnonymous();
            app.MapFallback("{**path}", NotFound).AllowAnonymous();
        }
    }

    private static bool IsBuilt(WebApplication app) => app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists;

    /// <summary>A person in a browser does, at an address of the portal's or one mistyped. A program that goes wrong has to hear it.</summary>
    private static bool AsksForPage(HttpContext http)
    {
        var request = http.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Path.StartsWithSegments("/api") && !OpenRosa.IsPath(http) && !Path.HasExtension(request.Path)
            && (request.Path == "/" || request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html"));
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void UseFiles(IApplicationBuilder app, IFileProvider files)
    {
        app.Use((http, next) =>
        {
            var path = http.Request.Path;
            foreach (var (coding, ending) in Compressed)
                if (Accepts(http.Request, coding) && files.GetFileInfo(path + ending).Exists)
                {
                    http.Request.Path = path + ending;
                    break;
                }
            return next();
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new Types(),
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.ContentEncoding = Compressed.FirstOrDefault(c => file.File.Name.EndsWith(c.Ending, StringComparison.Ordinal)).Coding;
                headers.Vary = "Accept-Encoding";
                headers.ContentSecurityPolicy = ContentPolicy;
                // Names under assets/ hold a hash of what is in the file. All else is asked for each time, at the price of a 304.
                headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });
    }

    private static bool Accepts(HttpRequest request, string coding) => request.GetTypedHeaders().AcceptEncoding.Any(c => c.Value == coding && c.Quality != 0);

    /// <summary>A compressed file is of the type of what is in it.</summary>
    private sealed class Types : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _types = new();

        public bool TryGetContentType(string path, [MaybeNullWhen(false)] out string type) => _types.TryGetContentType(
            Compressed.FirstOrDefault(c => path.EndsWith(c.Ending, StringComparison.Ordinal)) is { Ending: { } ending } ? path[..^ending.Length] : path, out type);
    }
}
