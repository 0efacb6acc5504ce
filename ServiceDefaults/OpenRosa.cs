using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// What survey apps (ODK Collect, Enketo) can read: on their paths every answer, also one that the framework or the gateway gives,
/// is <c>text/xml</c> with a message for the person at the phone, and never problem+json.
/// </summary>
public static class OpenRosa
{
    public const string Prefix = "/openrosa";

    /// <summary>Bytes of one request that apps are told they may send; they split what is larger.</summary>
    public const long LargestRequest = 100_000_000;

    public static bool IsPath(HttpContext http) => http.Request.Path.StartsWithSegments(Prefix);

    public static void SetHeaders(HttpResponse response)
    {
        response.Headers["X-OpenRosa-Version"] = "1.0";
        response.Headers["X-OpenRosa-Accept-Content-Length"] = LargestRequest.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The envelope that carries a message; Collect shows it to the person after a success as after a refusal.</summary>
    /// <param name="response">The answer, which has not begun.</param>
    /// <param name="nature">A word for programs: <c>submit_success</c>, or the code of a refusal.</param>
    /// <param name="sentence">In English; the phone that prefers Arabic gets the text of <paramref name="nature"/> in it.</param>
    public static async Task WriteMessageAsync(HttpResponse response, string nature, string sentence)
    {
        var language = Language(response.HttpContext.Request);
        SetHeaders(response);
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("OpenRosaResponse", "http://openrosa.org/http/response");
            xml.WriteStartElement("message");
            xml.WriteAttributeString("nature", nature);
            xml.WriteString(OpenRosaMessages.For(nature, language) ?? sentence);
            xml.WriteEndDocument();
        }
        response.Headers.ContentLanguage = language;
        response.ContentType = "text/xml; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
            await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), response.HttpContext.RequestAborted);
    }

    /// <summary>The language among those messages are written in that the phone prefers; English where it prefers none.</summary>
    private static string Language(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1)
        .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant()).FirstOrDefault(OpenRosaMessages.HasLanguage) ?? "en";

    /// <summary>Stands before the framework's writer of problem details and takes the place of it on these paths.</summary>
    internal sealed class Refusals : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => IsPath(context.HttpContext);

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var (http, problem) = (context.HttpContext, context.ProblemDetails);
            var code = problem.Extensions.TryGetValue("code", out var word) && word is string given ? given : Problems.CodeOf(problem.Status ?? http.Response.StatusCode);
            http.Response.StatusCode = problem.Status ?? http.Response.StatusCode;
            await WriteMessageAsync(http.Response, code, problem.Detail ?? problem.Title ?? code.Replace('_', ' '));
        }
    }
}
