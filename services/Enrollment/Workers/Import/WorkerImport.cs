using System.Text.Json;
using BetterConnections.Enrollment.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Workers.Import;

/// <summary>A file of workers that was taken, and what became of its rows. Dry runs leave none.</summary>
public sealed class WorkerImport
{
    public Guid Id { get; init; }
    /// <summary>Ascending in the order of arrival; lists are paged by it.</summary>
    public long Number { get; init; }
    public required byte[] Sha256 { get; init; }
    /// <summary>Where its workers joined; null for a file that names the facility in each row.</summary>
    public Guid? FacilityId { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required int Rows { get; init; }
    public required int Accepted { get; init; }
    /// <summary>Accepted without a code of their own. Such a row cannot be recognised again; only the whole file can.</summary>
    public required int Numbered { get; init; }
    public required int Known { get; init; }
    public required int Refused { get; init; }
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }
    public required IReadOnlyList<RowError> Errors { get; init; }

    public ImportReport Report(bool importedBefore) => new(Id, false, importedBefore, At, Rows, Accepted, Known, Refused, Refusals, Errors, []);
}

/// <param name="Line">In the file, from 1.</param>
/// <param name="Column">The field; null where the row as a whole is meant.</param>
public sealed record RowError(int Line, string? Column, string Code);

/// <summary>What became of a file's rows, or would.</summary>
/// <param name="Id">To read the report again; null for a dry run.</param>
/// <param name="ImportedBefore">The same file was taken at <paramref name="At"/>: this is that report, and nothing was changed now.</param>
/// <param name="Known">Rows whose worker is at that facility already; they change nothing.</param>
/// <param name="Refusals">Faults by code, all of them. A row with two faults is refused once and counted under both.</param>
/// <param name="Errors">The first 1,000 by line. They hold no value, since that may be somebody's name.</param>
/// <param name="NotRead">Headings of columns that were left alone; told when the file is read, not kept.</param>
public sealed record ImportReport(Guid? Id, bool DryRun, bool ImportedBefore, DateTimeOffset At, int Rows, int Accepted, int Known, int Refused,
    IReadOnlyDictionary<string, int> Refusals, IReadOnlyList<RowError> Errors, IReadOnlyList<string> NotRead);

internal sealed class WorkerImportMapping : IEntityTypeConfiguration<WorkerImport>
{
    public void Configure(EntityTypeBuilder<WorkerImport> import)
    {
        import.ToTable("worker_imports");
        import.Property(i => i.Id).ValueGeneratedNever();
        import.Property(i => i.Number).UseIdentityByDefaultColumn();
        import.Property(i => i.Refusals).HasColumnType("jsonb").HasConversion(
            counts => JsonSerializer.Serialize(counts, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, int>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyDictionary<string, int>>(false)); // written once, as the errors
        import.Property(i => i.Errors).HasColumnType("jsonb").HasConversion(
            errors => JsonSerializer.Serialize(errors, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<List<RowError>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<RowError>>(false));
        import.HasIndex(i => i.Number).IsUnique();
        import.HasIndex(i => new { i.FacilityId, i.Sha256 });
        import.HasOne<Facility>().WithMany().HasForeignKey(i => i.FacilityId).OnDelete(DeleteBehavior.Restrict);
    }
}
