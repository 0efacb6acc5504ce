using System.Text.Json;
using BetterConnections.Evaluation.Results.Engine;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results;

internal static class ReadSnapshots
{
    /// <summary>The frozen interviews of one or two waves, in one query.</summary>
    public static async Task<ILookup<Guid, Interview>> InterviewsAsync(this EvaluationDb db, IReadOnlyList<Guid> waves, CancellationToken cancel)
    {
        var rows = await db.SnapshotSubmissions.AsNoTracking().Where(s => waves.Contains(s.WaveId)).ToListAsync(cancel);
        return rows.ToLookup(s => s.WaveId, s => new Interview(s.SubmissionId, s.Instrument, s.Group, s.Respondent, s.FacilityId, s.Zone, s.Language, s.Waiting,
            s.InclusionProbability, Answers(s.Answers), s.Batch, s.Impossible));
    }

    private static Dictionary<string, string?> Answers(JsonElement answers) =>
        answers.EnumerateObject().ToDictionary(a => a.Name, a => Text(a.Value));

    /// <summary>Of an item that was repeated its first answer; no measure asks for one.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() > 0 => Text(value[0]),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
