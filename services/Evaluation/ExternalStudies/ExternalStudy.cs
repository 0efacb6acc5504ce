using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.ExternalStudies;

/// <summary>
/// A study that others made, as far as they published it. Nothing here is computed, and nothing computed rests on it. What was imported stays;
/// a correction is a further version.
/// </summary>
public sealed class ExternalStudy
{
    public required string Code { get; init; }
    public int Version { get; init; }
    public required StudyDefinition Definition { get; init; }
    public required string ImportedBy { get; init; }
    public DateTimeOffset ImportedAt { get; init; }
}

/// <summary>One text by ISO 639-1 code; English and Arabic are there.</summary>
/// <param name="By">Who made it.</param>
/// <param name="Method">How they asked and whom, as far as the source says.</param>
/// <param name="Respondents">Null where the source does not say how many were asked.</param>
/// <param name="Group">Who was asked; null where the source does not say.</param>
/// <param name="Source">Where it is published.</param>
/// <param name="Quote">The source's own words.</param>
/// <param name="Ambiguities">What the source leaves open, with every reading.</param>
public sealed record StudyDefinition(
    [property: JsonRequired] string Code,
    [property: JsonRequired] Dictionary<string, string> Title,
    [property: JsonRequired] string By,
    [property: JsonRequired] Dictionary<string, string> Purpose,
    [property: JsonRequired] Dictionary<string, string> Method,
    int? Respondents,
    string? Group,
    [property: JsonRequired] string Source,
    [property: JsonRequired] string Quote,
    [property: JsonRequired] IReadOnlyList<StudyFigure> Figures,
    [property: JsonRequired] IReadOnlyList<StudyAmbiguity> Ambiguities);

/// <param name="Indicator">Code of the indicator that asks the same.</param>
/// <param name="Share">0 to 1, as published, rounded to whole percent there.</param>
/// <param name="Reading">Code of the reading that is taken where nothing else is said; null where there is only one.</param>
/// <param name="Readings">What the number may be a share of.</param>
public sealed record StudyFigure(
    [property: JsonRequired] string Indicator,
    [property: JsonRequired] Dictionary<string, string> Label,
    [property: JsonRequired] double Share,
    string? Reading,
    IReadOnlyList<StudyReading>? Readings);

public sealed record StudyReading([property: JsonRequired] string Code, [property: JsonRequired] Dictionary<string, string> Text);

/// <param name="About">What is open.</param>
public sealed record StudyAmbiguity([property: JsonRequired] Dictionary<string, string> About, [property: JsonRequired] IReadOnlyList<StudyReading> Readings);

internal sealed class ExternalStudyMapping : IEntityTypeConfiguration<ExternalStudy>
{
    public void Configure(EntityTypeBuilder<ExternalStudy> study)
    {
        study.ToTable("external_studies");
        study.HasKey(s => new { s.Code, s.Version });
        study.Property(s => s.Definition).HasColumnType("jsonb").HasConversion(d => ShippedStudies.Write(d), text => ShippedStudies.Read<StudyDefinition>(text));
    }
}
