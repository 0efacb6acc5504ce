using System.Security.Claims;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Wipes;

public static class ReadCertificate
{
    private const string Json = "application/json", Page = "text/html", Pdf = "application/pdf";

    /// <summary>As JSON, HTML or PDF by the Accept header. The JSON is byte for byte what the hash is of.</summary>
    public static Task<IResult> ByAccept(Guid id, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.Vary = "Accept";
        return Handle(id, http.Request.Choose(Json, Page, Pdf), db, programme, user, http, cancel);
    }

    public static Task<IResult> AsPage(Guid id, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, HttpContext http, CancellationToken cancel) =>
        Handle(id, Page, db, programme, user, http, cancel);

    public static Task<IResult> AsPdf(Guid id, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, HttpContext http, CancellationToken cancel) =>
        Handle(id, Pdf, db, programme, user, http, cancel);

    private static async Task<IResult> Handle(Guid id, string form, InventoryDb db, ProgrammeSettings programme, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancel)
    {
        var own = db.DevicesVisibleTo(user).Select(d => d.Id);
        var wipe = await db.Wipes.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id && own.Contains(w.DeviceId), cancel)
            ?? throw new NotThere("wipe_unknown", "There is no such wipe record.");
        var certificate = await db.WipeCertificates.AsNoTracking().SingleOrDefaultAsync(c => c.WipeId == wipe.Id, cancel)
            ?? throw new NotThere("certificate_not_issued", "The wipe failed: it has no certificate.");
        var address = $"{programme.PublicAddress(http.Request)}/api/inventory/certificates/{certificate.Hash}";
        http.Response.Headers.Link = $"<{address}>; rel=\"canonical\"";
        http.Response.Headers["Content-Disposition"] = $"inline; filename=\"certificate-{certificate.Hash[..12]}.{form.Split('/')[1]}\"";
        return form switch
        {
            Page => Results.Text(CertificatePrint.Html(certificate, address), Page, Encoding.UTF8),
            Pdf => Results.Bytes(CertificatePrint.Pdf(certificate, address), Pdf),
            _ => Results.Text(certificate.Content, Json, Encoding.UTF8),
        };
    }
}
