using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions.OData;

public static class ReadSubmissionsAsOData
{
    /// <summary>Rows of one answer; the rest is behind <c>@odata.nextLink</c>, which clients follow by themselves.</summary>
    private const int PageSize = 1000;

    public static async Task<IResult> Handle(string formId, EvaluationDb db, HttpContext http, CancellationToken cancel)
    {
        var query = ODataQuery.Parse(http.Request.Query);
        var items = await FormColumns.OfAsync(db, formId, cancel);
        var all = query.Filter(SubmissionView.Current(db).Where(s => s.FormId == formId));
        var size = Math.Min(query.Top ?? PageSize, PageSize);
        var rows = await all.Where(s => s.Id > query.After).OrderBy(s => s.Id).Skip(query.Skip).Take(size + 1).Select(SubmissionView.Of(db)).ToListAsync(cancel);
        var (page, more) = (rows.Take(size).ToList(), rows.Count > size && (query.Top is null || query.Top > size));

        var address = ReadServiceDocument.AddressOf(http.Request, formId);
        var answer = new Dictionary<string, object?> { ["@odata.context"] = $"{address}/$metadata#Submissions" };
        if (query.Count) answer["@odata.count"] = await all.CountAsync(cancel);
        answer["value"] = page.Select(s => Row(s, items));
        if (more) answer["@odata.nextLink"] = $"{address}/Submissions?$skiptoken={page[^1].Id}"
            + (query.Top is { } top ? $"&$top={top - size}" : "") + (query.FilterText is { } filter ? $"&$filter={Uri.EscapeDataString(filter)}" : "");
        http.Response.Headers["OData-Version"] = "4.0";
        return TypedResults.Json(answer);
    }

    private static Dictionary<string, object?> Row(SubmissionView s, IReadOnlyList<string> items)
    {
        object?[] system = [s.ReceivedAt, s.SentBy, s.ReviewState, s.FormVersion, s.Respondent, s.Facility, s.StartedAt, s.EndedAt, s.ClockOff, s.Late, s.Complete, s.Duplicate,
            s.UnknownCard, s.NotDrawn, ExportSubmissions.Text(s.Problems)];
        var row = new Dictionary<string, object?>
        {
            ["__id"] = s.InstanceId,
            ["__system"] = ReadMetadata.System.Zip(system).ToDictionary(p => p.First.Name, p => p.Second),
        };
        foreach (var item in items) row[item] = ExportSubmissions.Text(s.Answers, item);
        return row;
    }
}
