using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Sampling;

/// <summary>How facilities are drawn; <c>Panel</c> draws nobody, but asks those of an earlier wave again.</summary>
public enum SampleMethod { ProportionalToSize, Simple, Panel }

/// <summary><c>Language</c> is the one most spoken at the facility.</summary>
public enum Stratification { None, Zone, Language }

/// <summary>
/// Who is asked in a wave, and how they were chosen: the same frame with the same design and seed is the same sample. A wave whose
/// facilities come one by one has several; each draws from the facilities that no earlier one had in its frame.
/// </summary>
public sealed class Sample
{
    public Guid Id { get; init; }
    public Guid WaveId { get; init; }
    /// <summary>1, 2, 3, … within the wave.</summary>
    public int Number { get; init; }
    public SampleMethod Method { get; init; }
    /// <summary>Null for a panel, as the rest of the design.</summary>
    public Stratification? StratifiedBy { get; init; }
    /// <summary>Facilities asked for; null takes all.</summary>
    public int? Clusters { get; init; }
    /// <summary>Workers asked for at each.</summary>
    public int? PerCluster { get; init; }
    public long? Seed { get; init; }
    /// <summary>Codes of what its members are asked.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];
    /// <summary>Of a panel: the wave whose respondents are asked again.</summary>
    public Guid? OfWaveId { get; init; }
    /// <summary>Of who could be drawn: facilities by code with stratum, number and hash of the workers.</summary>
    public required byte[] FrameSha256 { get; init; }
    public int FrameFacilities { get; init; }
    public long FrameWorkers { get; init; }
    public int Facilities { get; init; }
    public int Respondents { get; set; }
    /// <summary>What the design could not have as it asked for.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
    public required string DrawnBy { get; init; }
    public DateTimeOffset DrawnAt { get; init; }
}

/// <summary>A facility of the frame, drawn or not.</summary>
public sealed class SampleCluster
{
    public Guid SampleId { get; init; }
    public Guid FacilityId { get; init; }
    public required string Stratum { get; init; }
    /// <summary>Workers in the frame.</summary>
    public int Size { get; init; }
    /// <summary>To be drawn; null for one that was not.</summary>
    public double? Probability { get; init; }
    /// <summary>Workers drawn.</summary>
    public int Members { get; init; }
}

/// <summary>A worker who is asked.</summary>
public sealed class SampleMember
{
    /// <summary>What the stand-in of somebody who was erased begins with: it leads to nobody, and keeps the sample what it was.</summary>
    public const string Erased = "erased-";

    public Guid WaveId { get; init; }
    /// <summary>Pseudonym, or a stand-in for it (<see cref="Erased"/>).</summary>
    public required string Respondent { get; init; }
    public Guid SampleId { get; init; }
    public Guid FacilityId { get; init; }
    public required string Stratum { get; init; }
    /// <summary>Of the facility times of the worker in it; the inverse is the design weight.</summary>
    public double Probability { get; init; }
}

internal sealed class SampleMapping : IEntityTypeConfiguration<Sample>, IEntityTypeConfiguration<SampleCluster>, IEntityTypeConfiguration<SampleMember>
{
    public void Configure(EntityTypeBuilder<Sample> sample)
    {
        sample.ToTable("samples");
        sample.Property(s => s.Id).ValueGeneratedNever();
        sample.HasOne<Waves.Wave>().WithMany().HasForeignKey(s => s.WaveId);
        sample.HasOne<Waves.Wave>().WithMany().HasForeignKey(s => s.OfWaveId).OnDelete(DeleteBehavior.Restrict);
        sample.HasIndex(s => new { s.WaveId, s.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SampleCluster> cluster)
    {
        cluster.ToTable("sample_clusters");
        cluster.HasKey(c => new { c.SampleId, c.FacilityId });
        cluster.HasOne<Sample>().WithMany().HasForeignKey(c => c.SampleId);
    }

    public void Configure(EntityTypeBuilder<SampleMember> member)
    {
        member.ToTable("sample_members");
        member.HasKey(m => new { m.WaveId, m.Respondent });
        member.HasOne<Sample>().WithMany().HasForeignKey(m => m.SampleId);
    }
}
