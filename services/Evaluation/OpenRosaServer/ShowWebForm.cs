using BetterConnections.ServiceDefaults;
using Microsoft.Extensions.FileProviders;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>
/// The questionnaires in a browser (<c>webform/</c>, built by ./bc up), for collectors without a survey app. The page is a client like any
/// other: it asks the server above its address for the forms and sends to it what was filled in.
/// </summary>
public static class ShowWebForm
{
    public const string Assets = OpenRosa.Prefix + "/form";

    // The engine of the forms compiles WebAssembly, its components set styles; nothing comes from, or goes to, anywhere else.
    private const string Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        + "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Built files have a hash in their name, so they may be kept for ever.</summary>
    public static void UseWebFormAssets(this WebApplication app)
    {
        if (!Page(app.Environment).Exists)
        {
            app.Logger.LogInformation("The web form of questionnaires was not built on this system. Survey apps work; browsers are told web_form_not_built.");
            return; // the framework would warn of the missing folder, which is no fault where there is no Node.js
        }
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.CacheControl = file.File.Name == "index.html" ? "no-store" : "public, max-age=31536000, immutable";
                file.Context.Response.Headers.XContentTypeOptions = "nosniff";
            },
        });
    }

    public static IResult Handle(FieldCollector _, IWebHostEnvironment environment, HttpResponse response)
    {
        var page = Page(environment);
        if (!page.Exists) throw new NotThere("web_form_not_built", "The web form was not built on this system, which needs Node.js 20. Use a survey app with the same address.");
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer"; // the address is the key
        return TypedResults.Stream(page.CreateReadStream(), "text/html; charset=utf-8");
    }

    private static IFileInfo Page(IWebHostEnvironment environment) => environment.WebRootFileProvider.GetFileInfo(Assets + "/index.html");
}
