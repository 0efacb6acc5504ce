using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Results.Definitions;

/// <summary>One version of an indicator's definition, for as long as results name it: for ever.</summary>
public sealed class StoredDefinition
{
    public required string Code { get; init; }
    public int Version { get; init; }
    public required IndicatorDefinition Definition { get; init; }
    /// <summary>Of the definition as JSON, in the order of its members.</summary>
    public required byte[] Sha256 { get; init; }
    public DateTimeOffset ImportedAt { get; init; }
}

internal sealed class DefinitionMapping : IEntityTypeConfiguration<StoredDefinition>
{
    public void Configure(EntityTypeBuilder<StoredDefinition> definition)
    {
        definition.ToTable("indicator_definitions");
        definition.HasKey(d => new { d.Code, d.Version });
        definition.Property(d => d.Definition).HasColumnType("jsonb")
            .HasConversion(d => ShippedIndicators.Write(d), text => JsonSerializer.Deserialize<IndicatorDefinition>(text, InstrumentMapping.Json)!);
    }
}

internal static class CurrentDefinitions
{
    /// <summary>The latest version of each.</summary>
    public static async Task<IReadOnlyList<IndicatorDefinition>> IndicatorsAsync(this EvaluationDb db, CancellationToken cancel) =>
        [.. (await db.IndicatorDefinitions.AsNoTracking().ToListAsync(cancel)).GroupBy(d => d.Code).Select(g => g.MaxBy(d => d.Version)!.Definition)];

    /// <summary>False where a planned test was added, changed or given up since: it may have been chosen for the answers.</summary>
    public static async Task<bool> PlannedTestsStoodAsync(this EvaluationDb db, DateTimeOffset at, CancellationToken cancel) =>
        (await db.IndicatorDefinitions.AsNoTracking().ToListAsync(cancel)).GroupBy(d => d.Code)
            .All(g => g.Max(d => d.ImportedAt) < at || g.All(d => d.Definition.Measures.All(m => m.Family != Family.Confirmatory)));
}
