using BetterConnections.Evaluation.Instruments;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.OpenRosaServer;

public static class ReadFormFile
{
    /// <summary>304 for who has it already.</summary>
    public static async Task<IResult> Handle(string formId, string name, FieldCollector collector, EvaluationDb db, CancellationToken cancel)
    {
        collector.RequireForm(formId);
        // Only the recordings that the form itself plays, and the lists that it chooses from: a form for employers brings nobody the workers' cards.
        if (!await db.InstrumentVersions.AnyAsync(v => v.FormId == formId && v.State != InstrumentState.Draft && v.Files.Contains(name), cancel))
            throw new NotThere("file_unknown", "This form has no such file.");
        if (await db.RecordingsOf(formId).SingleOrDefaultAsync(f => f.Name == name, cancel) is { } recording)
            return TypedResults.Bytes(recording.Content, recording.MediaType, entityTag: new EntityTagHeaderValue($"\"{recording.Md5}\""));
        var content = await FormFiles.OfAsync(db, name, collector, cancel);
        return TypedResults.Bytes(content, "text/csv; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{FormFiles.Md5(content)}\""));
    }
}
