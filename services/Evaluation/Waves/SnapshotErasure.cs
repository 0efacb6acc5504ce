using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Waves;

/// <summary>What was left of a snapshot when a deleted submission had been taken out of it.</summary>
public sealed class SnapshotErasure
{
    public Guid WaveId { get; init; }
    /// <summary>How many are left; the fewest are the latest.</summary>
    public int Submissions { get; init; }
    /// <summary>Of what is left, made as <see cref="WaveSnapshot.Sha256"/>.</summary>
    public required byte[] Sha256 { get; init; }
    public DateTimeOffset ErasedAt { get; init; }
}

internal sealed class SnapshotErasureMapping : IEntityTypeConfiguration<SnapshotErasure>
{
    public void Configure(EntityTypeBuilder<SnapshotErasure> erasure)
    {
        erasure.ToTable("snapshot_erasures");
        erasure.HasKey(e => new { e.WaveId, e.Submissions });
        erasure.HasOne<WaveSnapshot>().WithMany().HasForeignKey(e => e.WaveId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class SnapshotErasing
{
    /// <summary>Takes deleted submissions out of every snapshot. Results computed before stay as they are, and can be computed again by nobody.</summary>
    public static async Task EraseFromSnapshotsAsync(this EvaluationDb db, long[] submissions, DateTimeOffset at, CancellationToken cancel)
    {
        // Held, so that no freeze copies them meanwhile, nothing is computed from half of it and two deletions do not count at once.
        await db.Database.ExecuteSqlAsync($"""
            select from waves where id in (select wave_id from submissions where id = any ({submissions}) union select wave_id from snapshot_submissions where submission_id = any ({submissions}))
            order by id for update
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            with gone as (delete from snapshot_submissions where submission_id = any ({submissions}) returning wave_id)
            insert into snapshot_erasures (wave_id, submissions, sha256, erased_at)
            select g.wave_id, count(s.sha256), sha256(coalesce(string_agg(s.sha256, ''::bytea order by s.submission_id), ''::bytea)), {at}
            from (select distinct wave_id from gone) g
            left join snapshot_submissions s on s.wave_id = g.wave_id and s.submission_id <> all ({submissions})
            group by g.wave_id
            """, cancel);
    }
}
