using System.Xml.Linq;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>
/// The forms a phone should have. Collect set to <c>match_exactly</c> deletes every other one, so whatever fails here has to end in
/// an error and never in a shorter list.
/// </summary>
public static class ListForms
{
    private static readonly XNamespace Xforms = "http://openrosa.org/xforms/xformsList";

    /// <param name="formID">Only this form.</param>
    /// <param name="verbose"><c>true</c>: with descriptions.</param>
    /// <param name="listAllVersions"><c>true</c>: published versions before the latest, too.</param>
    public static async Task<IResult> Handle(FieldCollector collector, string? formID, string? verbose, string? listAllVersions, EvaluationDb db, HttpRequest request,
        CancellationToken cancel)
    {
        if (HttpMethods.IsHead(request.Method)) return TypedResults.NoContent(); // Enketo only asks whether it may
        var published = await db.InstrumentVersions.AsNoTracking()
            .Where(v => v.State == InstrumentState.Published && collector.Forms.Contains(v.FormId) && (formID == null || v.FormId == formID))
            .OrderBy(v => v.FormId).ThenByDescending(v => v.Number)
            .Select(v => new { v.FormId, v.Title, v.FormVersion, v.Md5, v.Description, v.Files }).ToListAsync(cancel);
        if (listAllVersions != "true") published = [.. published.DistinctBy(v => v.FormId)];

        return XmlDocuments.Answer(new XElement(Xforms + "xforms", published.Select(v => new XElement(Xforms + "xform",
            new XElement(Xforms + "formID", v.FormId),
            new XElement(Xforms + "name", v.Title),
            new XElement(Xforms + "version", v.FormVersion),
            new XElement(Xforms + "hash", "md5:" + v.Md5),
            verbose == "true" ? new XElement(Xforms + "descriptionText", v.Description) : null,
            // By version: a form published between this list and the download would not have the hash given here.
            new XElement(Xforms + "downloadUrl", $"{collector.Address}/forms/{v.FormId}/versions/{v.FormVersion}.xml"),
            v.Files.Count > 0 ? new XElement(Xforms + "manifestUrl", $"{collector.Address}/forms/{v.FormId}/manifest") : null))));
    }
}
