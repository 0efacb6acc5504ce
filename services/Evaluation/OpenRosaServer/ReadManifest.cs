using System.Xml.Linq;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.OpenRosaServer;

public static class ReadManifest
{
    private static readonly XNamespace Manifest = "http://openrosa.org/xforms/xformsManifest";

    /// <summary>The files of the form's published versions, with what they hash to for this collector now: a worker more is a new hash, and phones fetch it.</summary>
    public static async Task<IResult> Handle(string formId, FieldCollector collector, EvaluationDb db, CancellationToken cancel)
    {
        collector.RequireForm(formId);
        var files = await db.InstrumentVersions.AsNoTracking().Where(v => v.FormId == formId && v.State == InstrumentState.Published)
            .Select(v => v.Files).ToListAsync(cancel);

        var recordings = await db.RecordingsOf(formId).Select(f => new { f.Name, f.Md5 }).ToDictionaryAsync(f => f.Name, f => f.Md5, cancel);

        var manifest = new XElement(Manifest + "manifest");
        foreach (var file in files.SelectMany(f => f).Distinct().Order(StringComparer.Ordinal))
            manifest.Add(new XElement(Manifest + "mediaFile",
                new XElement(Manifest + "filename", file),
                new XElement(Manifest + "hash", "md5:" + (recordings.GetValueOrDefault(file) ?? FormFiles.Md5(await FormFiles.OfAsync(db, file, collector, cancel)))),
                new XElement(Manifest + "downloadUrl", $"{collector.Address}/forms/{formId}/attachments/{file}")));
        return XmlDocuments.Answer(manifest);
    }
}
