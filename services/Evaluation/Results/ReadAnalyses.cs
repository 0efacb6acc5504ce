using System.Text.Json;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Evaluation.Results.Engine;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation.Results;

/// <summary>Reads what was computed; nothing is computed here, however many submissions lie behind it.</summary>
public static class ReadAnalyses
{
    /// <param name="wave">Code of the wave, not of the one compared with.</param>
    /// <param name="facilityId">Only those that rest on answers from there.</param>
    public static async Task<Page<AnalysisView>> List(string? wave, Guid? facilityId, [AsParameters] Paging page, EvaluationDb db, CancellationToken cancel)
    {
        var ids = await db.Analyses.AsNoTracking().Where(a => (wave == null || db.Waves.Any(w => w.Id == a.WaveId && w.Code == wave))
            && (facilityId == null || db.SnapshotSubmissions.Any(s => s.FacilityId == facilityId && (s.WaveId == a.WaveId || s.WaveId == a.BeforeWaveId)))).PageAsync(a => a.Id, page, a => a.Id, cancel: cancel);
        var views = await db.Analyses.Where(a => ids.Items.Contains(a.Id)).Viewed(db).ToDictionaryAsync(v => v.Id, cancel);
        return new([.. ids.Items.Select(id => views[id])], ids.Next);
    }

    /// <summary>The analysis and, as they were written, its results.</summary>
    public static async Task<IResult> One(Guid id, EvaluationDb db, CancellationToken cancel)
    {
        var view = await db.AnalysisViewAsync(id, cancel);
        var bodies = await db.BodiesAsync(id, cancel);
        return TypedResults.Bytes(Document(json =>
        {
            json.WritePropertyName("analysis");
            JsonSerializer.Serialize(json, view, ResultsEngine.Json);
            json.WriteResults(bodies);
        }), "application/json");
    }

    /// <summary>One result, byte by byte; its ETag is the SHA-256 of the bytes.</summary>
    public static async Task<IResult> Result(Guid id, string indicator, EvaluationDb db, CancellationToken cancel)
    {
        var result = await db.Results.AsNoTracking().Where(r => r.AnalysisId == id && r.Indicator == indicator).SingleOrDefaultAsync(cancel)
            ?? throw new NotThere("result_unknown", "There is no such result.");
        return TypedResults.Bytes(result.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(result.Sha256)}\""));
    }

    /// <summary>All versions of all definitions, the indicators in their order: for everybody, since published results name them by version.</summary>
    public static async Task<IReadOnlyList<IndicatorDefinition>> Definitions(EvaluationDb db, CancellationToken cancel) =>
        [.. (await db.IndicatorDefinitions.AsNoTracking().Select(d => d.Definition).ToListAsync(cancel)).OrderBy(d => d.Number).ThenBy(d => d.Version)];

    internal static Task<List<byte[]>> BodiesAsync(this EvaluationDb db, Guid analysis, CancellationToken cancel) =>
        db.Results.Where(r => r.AnalysisId == analysis).OrderBy(r => r.Number).Select(r => r.Body).ToListAsync(cancel);

    internal static void WriteResults(this Utf8JsonWriter json, IReadOnlyList<byte[]> bodies)
    {
        json.WriteStartArray("results");
        foreach (var body in bodies) json.WriteRawValue(body);
        json.WriteEndArray();
    }

    internal static byte[] Document(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = ResultsEngine.Json.Encoder }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
