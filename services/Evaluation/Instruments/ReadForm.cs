using BetterConnections.Evaluation.Instruments.XlsForms;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

public static class ReadForm
{
    /// <summary>The stored bytes of what was published; of a draft, how it would look, under the version <c>draft</c>, which no submission can have.</summary>
    public static async Task<FileContentHttpResult> Xml(string code, int number, EvaluationDb db, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.AsNoTracking().NumberedAsync(code, number, cancel);
        if (version.Xform is null) version.Definition.RequireSound();
        return TypedResults.File(version.Xform ?? XForm.Render(version.Definition, "draft"), "text/xml; charset=utf-8", $"{version.FormId}.xml");
    }

    /// <summary>The same as an XLSForm, to be worked on in a spreadsheet and imported again.</summary>
    public static async Task<FileContentHttpResult> Xlsx(string code, int number, EvaluationDb db, CancellationToken cancel)
    {
        var version = await db.InstrumentVersions.AsNoTracking().NumberedAsync(code, number, cancel);
        return TypedResults.File(XlsFormExport.Write(version.Definition, version.FormVersion), XlsFormWorkbook.ContentType, $"{version.FormId}.xlsx");
    }
}
