using System.Text;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Certificates;

public static class ReadPublicCertificate
{
    private const string Json = "application/json", Page = "text/html", Pdf = "application/pdf", Text = "text/plain";

    /// <summary>
    /// By the Accept header: facts and state as JSON, a page to check and print (<c>?language=ar</c> or Accept-Language), a PDF,
    /// or the signed credential itself as text/plain.
    /// </summary>
    public static Task<IResult> ByAccept(Guid id, string? language, TrainingDb db, Credential credential, ProgrammeSettings programme, TimeProvider clock,
        HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language";
        return Handle(id, http.Request.Choose(Json, Page, Text, Pdf), language, db, credential, programme, clock, http, cancel);
    }

    public static Task<IResult> AsPdf(Guid id, TrainingDb db, Credential credential, ProgrammeSettings programme, TimeProvider clock, HttpContext http,
        CancellationToken cancel) => Handle(id, Pdf, null, db, credential, programme, clock, http, cancel);

    /// <summary>The file that wallets and other verifiers take.</summary>
    public static Task<IResult> AsJws(Guid id, TrainingDb db, Credential credential, ProgrammeSettings programme, TimeProvider clock, HttpContext http,
        CancellationToken cancel) => Handle(id, Text, null, db, credential, programme, clock, http, cancel);

    private static async Task<IResult> Handle(Guid id, string form, string? language, TrainingDb db, Credential credential, ProgrammeSettings programme,
        TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var (certificate, course) = await db.CertificateAsync(id, cancel);
        var facts = CheckedCertificate.From(certificate, course, programme, clock.GetUtcNow());
        if (form == Text) return Results.Text(certificate.Credential, Text, Encoding.ASCII);
        http.Response.Headers.CacheControl = "no-cache"; // it may be revoked in a minute
        switch (form)
        {
            case Page:
                var chosen = CertificateWords.Choose(language, http.Request);
                http.Response.Headers.ContentLanguage = chosen.Language;
                return Results.Text(CertificatePrint.Html(facts, chosen, await db.TopicNamesAsync(facts.Topics, chosen.Language, cancel), credential.Address(id), programme), Page, Encoding.UTF8);
            case Pdf when facts.State == CertificateState.Revoked:
                throw new RuleBroken("certificate_revoked", "This certificate was revoked; it is not printed any more.");
            case Pdf:
                http.Response.Headers.ContentDisposition = $"inline; filename=\"certificate-{id.ToString("n")[..8]}.pdf\"";
                return Results.Bytes(CertificatePrint.Pdf(facts, await db.TopicNamesAsync(facts.Topics, CertificateWords.Default.Language, cancel), credential.Address(id), programme), Pdf);
            default:
                return Results.Json(facts);
        }
    }
}
