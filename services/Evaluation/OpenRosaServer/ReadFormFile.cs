using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.OpenRosaServer;

public static class ReadFormFile
{
    /// <summary>304 for who has it already.</summary>
    public static async Task<IResult> Handle(string formId, string name, FieldCollector collector, EvaluationDb db, CancellationToken cancel)
    {
        collector.RequireForm(formId);
        var content = await FormFiles.OfAsync(db, name, collector, cancel);
        return TypedResults.Bytes(content, "text/csv; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{FormFiles.Md5(content)}\""));
    }
}
