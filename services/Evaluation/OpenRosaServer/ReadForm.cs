using BetterConnections.Evaluation.Instruments;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>The form's bytes as they were rendered when it was published: their MD5 is what the list says.</summary>
public static class ReadForm
{
    public static Task<IResult> Latest(string formId, FieldCollector collector, EvaluationDb db, CancellationToken cancel) =>
        AnswerAsync(formId, collector, db.InstrumentVersions.Where(v => v.State == InstrumentState.Published), cancel);

    public static Task<IResult> Handle(string formId, string version, FieldCollector collector, EvaluationDb db, CancellationToken cancel) =>
        AnswerAsync(formId, collector, db.InstrumentVersions.Where(v => v.FormVersion == version && v.State != InstrumentState.Draft), cancel);

    private static async Task<IResult> AnswerAsync(string formId, FieldCollector collector, IQueryable<InstrumentVersion> versions, CancellationToken cancel)
    {
        collector.RequireForm(formId);
        var form = await versions.Where(v => v.FormId == formId).OrderByDescending(v => v.Number).Select(v => new { v.Xform, v.Md5 }).FirstOrDefaultAsync(cancel)
            ?? throw new NotThere("form_unknown", "There is no such form.");
        return TypedResults.Bytes(form.Xform!, XmlDocuments.Type, entityTag: new EntityTagHeaderValue($"\"{form.Md5}\""));
    }
}
