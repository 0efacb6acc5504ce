using System.Security.Cryptography;
using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Results.Definitions;

/// <summary>The eleven of <c>Content/indicators.json</c>.</summary>
public static class ShippedIndicators
{
    public static IReadOnlyList<IndicatorDefinition> Read()
    {
        using var file = typeof(ShippedIndicators).Assembly.GetManifestResourceStream("Content.indicators.json")
            ?? throw new InvalidOperationException("Content/indicators.json did not ship.");
        return JsonSerializer.Deserialize<List<IndicatorDefinition>>(file, InstrumentMapping.Json)!;
    }

    /// <summary>Adds versions that the database does not have.</summary>
    /// <exception cref="InvalidOperationException">A release changed a definition and kept its version: results would name a rule they were not made by.</exception>
    public static async Task ImportAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var at = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var definition in Read())
        {
            var text = Write(definition);
            var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(definition, InstrumentMapping.Json));
            await db.Database.ExecuteSqlAsync($"""
                insert into indicator_definitions (code, version, definition, sha256, imported_at)
                values ({definition.Code}, {definition.Version}, {text}::jsonb, {hash}, {at}) on conflict (code, version) do nothing
                """);
            if (!await db.IndicatorDefinitions.AnyAsync(d => d.Code == definition.Code && d.Version == definition.Version && d.Sha256 == hash))
                throw new InvalidOperationException($"The definition of {definition.Code} changed; give it a new version.");
        }
    }

    internal static string Write(IndicatorDefinition definition) => JsonSerializer.Serialize(definition, InstrumentMapping.Json);
}
