using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <summary>The studies of <c>Content/external-studies.json</c>; a release that corrects one adds a version.</summary>
public static class ShippedStudies
{
    private static readonly IReadOnlyList<StudyDefinition> Studies = Read();

    public static IReadOnlyList<StudyDefinition> Read()
    {
        using var file = typeof(ShippedStudies).Assembly.GetManifestResourceStream("Content.external-studies.json")
            ?? throw new InvalidOperationException("Content/external-studies.json did not ship.");
        return JsonSerializer.Deserialize<List<StudyDefinition>>(file, InstrumentMapping.Json)!;
    }

    public static bool Has(string code) => Studies.Any(s => s.Code == code);

    public static async Task ImportAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var at = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var study in Studies)
            await db.InTransactionAsync(() => db.ImportStudyAsync(study, "release", at, CancellationToken.None), CancellationToken.None);
    }

    internal static string Write(StudyDefinition study) => JsonSerializer.Serialize(study, InstrumentMapping.Json);

    internal static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, InstrumentMapping.Json)!;
}
