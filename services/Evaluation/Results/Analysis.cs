using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Results;

/// <summary>All indicators computed once from one frozen wave or a pair of them. Neither it nor its results ever change.</summary>
public sealed class Analysis
{
    public Guid Id { get; init; }
    public Guid WaveId { get; init; }
    /// <summary>The worker questionnaire that counts of this wave; "" where none was asked.</summary>
    public required string Instrument { get; init; }
    public Guid? BeforeWaveId { get; init; }
    public string? BeforeInstrument { get; init; }
    /// <summary>1, and one more each time the same question got other bytes: by a new definition or a new engine.</summary>
    public int Number { get; init; }
    /// <summary>Hash of the wave's snapshot as it was then: deletions take answers out of it.</summary>
    public required byte[] Snapshot { get; init; }
    public byte[]? BeforeSnapshot { get; init; }
    public required string Engine { get; init; }
    public bool Simulated { get; init; }
    /// <summary>Of the results' hashes, one after the other.</summary>
    public required byte[] Sha256 { get; init; }
    public required string ComputedBy { get; init; }
    public DateTimeOffset ComputedAt { get; init; }
}

/// <summary>One indicator of an analysis.</summary>
public sealed class Result
{
    public Guid Id { get; init; }
    public Guid AnalysisId { get; init; }
    /// <summary>1 to 11.</summary>
    public int Number { get; init; }
    public required string Indicator { get; init; }
    public int DefinitionVersion { get; init; }
    /// <summary>The JSON of an <see cref="Engine.IndicatorResult"/>, byte by byte as it was computed.</summary>
    public required byte[] Body { get; init; }
    public required byte[] Sha256 { get; init; }
}

/// <summary>The answers to closed questions that an analysis rests on, counted with it; no part of its hash.</summary>
public sealed class AnalysisDistributions
{
    public Guid AnalysisId { get; init; }
    /// <summary>The JSON of a list of <see cref="Engine.Distribution"/>.</summary>
    public required byte[] Body { get; init; }
    public required byte[] Sha256 { get; init; }
}

/// <summary>From when on everybody may see an analysis. It is not taken back; a later one takes its place.</summary>
public sealed class Publication
{
    public Guid AnalysisId { get; init; }
    public Guid WaveId { get; init; }
    public required string PublishedBy { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
}

internal sealed class ResultMapping : IEntityTypeConfiguration<Analysis>, IEntityTypeConfiguration<Result>,
    IEntityTypeConfiguration<AnalysisDistributions>, IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Analysis> analysis)
    {
        analysis.ToTable("analyses");
        analysis.Property(a => a.Id).ValueGeneratedNever();
        analysis.HasOne<Waves.Wave>().WithMany().HasForeignKey(a => a.WaveId).OnDelete(DeleteBehavior.Restrict);
        analysis.HasOne<Waves.Wave>().WithMany().HasForeignKey(a => a.BeforeWaveId).OnDelete(DeleteBehavior.Restrict);
        analysis.HasIndex(a => new { a.WaveId, a.Instrument, a.BeforeWaveId, a.BeforeInstrument, a.Number }, "ix_analyses_question").IsUnique().AreNullsDistinct(false)
            .HasDatabaseName("ix_analyses_question");
    }

    public void Configure(EntityTypeBuilder<Result> result)
    {
        result.ToTable("results");
        result.Property(r => r.Id).ValueGeneratedNever();
        result.HasOne<Analysis>().WithMany().HasForeignKey(r => r.AnalysisId).OnDelete(DeleteBehavior.Restrict);
        result.HasIndex(r => new { r.AnalysisId, r.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AnalysisDistributions> distributions)
    {
        distributions.ToTable("distributions");
        distributions.HasKey(d => d.AnalysisId).HasName("pk_distributions");
        distributions.HasOne<Analysis>().WithOne().HasForeignKey<AnalysisDistributions>(d => d.AnalysisId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.ToTable("publications");
        publication.HasKey(p => p.AnalysisId).HasName("analysis_already_published");
        publication.HasOne<Analysis>().WithOne().HasForeignKey<Publication>(p => p.AnalysisId).OnDelete(DeleteBehavior.Restrict);
        publication.HasIndex(p => p.WaveId);
    }
}
