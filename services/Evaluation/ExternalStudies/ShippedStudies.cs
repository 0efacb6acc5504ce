using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <summary>The studies of <c>Content/external-studies.json</c>; a release that corrects one replaces it.</summary>
public static class ShippedStudies
{
    public static IReadOnlyList<StudyDefinition> Read()
    {
        using var file = typeof(ShippedStudies).Assembly.GetManifestResourceStream("Content.external-studies.json")
            ?? throw new InvalidOperationException("Content/external-studies.json did not ship.");
        return JsonSerializer.Deserialize<List<StudyDefinition>>(file, InstrumentMapping.Json)!;
    }

    public static async Task ImportAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var at = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var study in Read())
        {
            var text = Write(study);
            await db.Database.ExecuteSqlAsync($"""
                insert into external_studies (code, definition, imported_at) values ({study.Code}, {text}::jsonb, {at})
                on conflict (code) do update set definition = excluded.definition, imported_at = excluded.imported_at
                where external_studies.definition <> excluded.definition
                """);
        }
    }

    internal static string Write(StudyDefinition study) => JsonSerializer.Serialize(study, InstrumentMapping.Json);

    internal static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, InstrumentMapping.Json)!;
}
