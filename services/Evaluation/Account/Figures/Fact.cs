using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Account.Figures;

/// <summary>One thing that counted towards a figure. It names no person.</summary>
public sealed class Fact
{
    /// <summary>In the order in which they became known.</summary>
    public long Number { get; init; }
    public string Figure { get; init; } = null!;
    /// <summary>The event that told it.</summary>
    public string Source { get; init; } = null!;
    /// <summary>What it was about: with figure and source it is there once, however often it is told.</summary>
    public string SourceKey { get; init; } = null!;
    public Guid? FacilityId { get; init; }
    /// <summary>The organisation that gave it, where one did.</summary>
    public string? Party { get; init; }
    /// <summary>When it counted first; a correction does not move it into another month.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>Of the latest telling, so that an older one that comes late changes nothing.</summary>
    public DateTimeOffset ToldAt { get; init; }
    public decimal Amount { get; init; }
}

/// <summary>Sums of the facts, kept by the database in the same transaction; <see cref="FacilityId"/> is all zeros where there is none.</summary>
public sealed class FigureMonth
{
    public string Figure { get; init; } = null!;
    /// <summary>Its first day, in UTC.</summary>
    public DateOnly Month { get; init; }
    public Guid FacilityId { get; init; }
    public decimal Amount { get; init; }
    public long Facts { get; init; }
    /// <summary>When it came to be so.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class FactMapping : IEntityTypeConfiguration<Fact>, IEntityTypeConfiguration<FigureMonth>
{
    public void Configure(EntityTypeBuilder<Fact> fact)
    {
        fact.ToTable("facts");
        fact.HasKey(f => f.Number);
        fact.Property(f => f.Number).UseIdentityByDefaultColumn();
        fact.Property(f => f.Amount).HasPrecision(18, 4);
        fact.HasIndex(f => new { f.Figure, f.Source, f.SourceKey }).IsUnique();
        fact.HasIndex(f => new { f.Figure, f.Number });
        fact.HasIndex(f => new { f.FacilityId, f.Figure });
    }

    public void Configure(EntityTypeBuilder<FigureMonth> month)
    {
        month.ToTable("figure_months");
        month.HasKey(m => new { m.Figure, m.Month, m.FacilityId });
        month.Property(m => m.Amount).HasPrecision(18, 4);
    }
}
