using System.Text.Json;
using BetterConnections.Evaluation.Instruments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Waves;

/// <summary>What a wave's results are computed from. The database refuses any change of it, but that a deleted submission leaves it (<see cref="SnapshotErasure"/>).</summary>
public sealed class WaveSnapshot
{
    public const int LatestFormat = 2;

    public Guid WaveId { get; init; }
    /// <summary>SHA-256 of the rows' <see cref="SnapshotSubmission.Sha256"/>, one after the other in the order of their submissions.</summary>
    public required byte[] Sha256 { get; init; }
    public int Submissions { get; init; }
    /// <summary>Those not reviewed yet were left out.</summary>
    public bool ApprovedOnly { get; init; }
    /// <summary>Of the analysis plan that counts; null where none was saved, and then nothing is confirmatory.</summary>
    public byte[]? AnalysisPlanSha256 { get; init; }
    /// <summary>
    /// 1: of before interviews were held against the list of workers, the sample and the form; all were in, and <see cref="SnapshotSubmission.Impossible"/> is not there.
    /// </summary>
    public int Format { get; init; } = LatestFormat;
    /// <summary>Interviews left out because their card belongs to nobody and no evaluator approved them.</summary>
    public int UnknownCards { get; init; }
    /// <summary>Interviews left out because whom they asked had not been drawn and no evaluator approved them.</summary>
    public int NotDrawn { get; init; }
    /// <summary>Interviews left out because an earlier one of the same respondent counts; null where the wave was frozen before this was counted.</summary>
    public int? Duplicates { get; init; }
    /// <summary>Forms that ended without consent and name nobody: they are left out, for nothing was asked. Null as above.</summary>
    public int? Declined { get; init; }
    /// <summary>Interviews left out because files that belong to them had not all come. Null as above.</summary>
    public int? Incomplete { get; init; }
    public required string FrozenBy { get; init; }
    public DateTimeOffset FrozenAt { get; init; }
}

/// <summary>
/// One submission with all that results need of it and its surroundings: a facility that moves to another zone or an edit afterwards
/// changes no result.
/// </summary>
public sealed class SnapshotSubmission
{
    public Guid WaveId { get; init; }
    public long SubmissionId { get; init; }
    /// <summary>Of the submission as it was received.</summary>
    public required byte[] RawSha256 { get; init; }
    public required string Instrument { get; init; }
    public RespondentGroup Group { get; init; }
    /// <summary>Pseudonym; null where the form asks no worker.</summary>
    public string? Respondent { get; init; }
    public Guid? FacilityId { get; init; }
    public string? Zone { get; init; }
    /// <summary>The facility had not opened: the arm to compare with.</summary>
    public bool Waiting { get; init; }
    /// <summary>The worker's best, ISO 639-1.</summary>
    public string? Language { get; init; }
    /// <summary>Of the respondent to be in the wave's sample; null for who was not drawn.</summary>
    public double? InclusionProbability { get; init; }
    public bool Late { get; init; }
    /// <summary>As in <see cref="Submissions.Submission.Answers"/>.</summary>
    public JsonElement Answers { get; init; }
    /// <summary>Month (<c>2026-03</c>) in which the facility's space was ready and it got in line for delivery; null where it had not when the wave opened there.</summary>
    public string? Batch { get; init; }
    /// <summary>Items whose answer the form does not allow: results treat them as missing.</summary>
    public string[]? Impossible { get; init; }
    /// <summary>Of all the above but the wave, written as one JSON array by the database.</summary>
    public required byte[] Sha256 { get; init; }
}

internal sealed class SnapshotMapping : IEntityTypeConfiguration<WaveSnapshot>, IEntityTypeConfiguration<SnapshotSubmission>
{
    public void Configure(EntityTypeBuilder<WaveSnapshot> snapshot)
    {
        snapshot.ToTable("wave_snapshots");
        snapshot.HasKey(s => s.WaveId);
        snapshot.HasOne<Wave>().WithOne().HasForeignKey<WaveSnapshot>(s => s.WaveId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SnapshotSubmission> submission)
    {
        submission.ToTable("snapshot_submissions");
        submission.HasKey(s => new { s.WaveId, s.SubmissionId });
        submission.HasIndex(s => s.FacilityId);
        submission.Property(s => s.Group).HasColumnName("respondent_group");
        submission.Property(s => s.Answers).HasColumnType("jsonb");
    }
}
