using System.Globalization;
using System.Text;
using System.Text.Json;
using BetterConnections.Documents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

public static class ExportSubmissions
{
    private static readonly string[] Fixed = ["id", "instance_id", "form_version", "respondent", "facility", "wave_id", "started_at", "ended_at", "received_at", "review_state",
        "clock_off", "late", "complete", "duplicate", "unknown_card", "not_drawn", "problems"];

    /// <summary>The form's current submissions as CSV in UTF-8, one column per item, written while they are read.</summary>
    public static async Task<PushStreamHttpResult> Handle(string formId, EvaluationDb db, CancellationToken cancel)
    {
        var items = await FormColumns.OfAsync(db, formId, cancel);
        var rows = SubmissionView.Current(db).Where(s => s.FormId == formId).OrderBy(s => s.Id).Select(SubmissionView.Of(db)).AsAsyncEnumerable();
        return TypedResults.Stream(async body =>
        {
            await using var text = new StreamWriter(body, Encoding.UTF8); // with a byte order mark, or a spreadsheet garbles Arabic
            await text.WriteAsync(SpreadsheetText.Line([.. Fixed, .. items]));
            await foreach (var s in rows.WithCancellation(cancel))
                await text.WriteAsync(SpreadsheetText.Line([s.Id.ToString(CultureInfo.InvariantCulture), s.InstanceId, s.FormVersion, s.Respondent, s.Facility, s.WaveId?.ToString(), Time(s.StartedAt), Time(s.EndedAt),
                    Time(s.ReceivedAt), s.ReviewState.ToString(), Word(s.ClockOff), Word(s.Late), Word(s.Complete), Word(s.Duplicate),
                    Word(s.UnknownCard), Word(s.NotDrawn), Text(s.Problems), .. items.Select(i => Text(s.Answers, i))]));
        }, "text/csv; charset=utf-8", $"{formId}.csv");
    }

    /// <summary>Several answers of a repeated item go into one field.</summary>
    internal static string? Text(JsonElement answers, string item) => !answers.TryGetProperty(item, out var answer) ? null
        : answer.ValueKind == JsonValueKind.Array ? string.Join(" | ", answer.EnumerateArray().Select(a => a.GetString())) : answer.GetString();

    internal static string? Text(IReadOnlyList<AnswerProblem>? problems) => problems is null ? null : string.Join(" | ", problems);

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Word(bool fact) => fact ? "true" : "false";
}
