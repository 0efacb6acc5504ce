using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Facilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.SiteReports;

public enum ProblemConcern { Device, Connection, Room }

/// <summary>What a volunteer found at a facility. Never changed: the next report says what is different.</summary>
public sealed class SiteReport
{
    /// <summary>Made by the phone, so that what is sent again is recognised.</summary>
    public Guid Id { get; init; }
    /// <summary>Ascending as they are received; what lists are paged by.</summary>
    public long Number { get; init; }
    public Guid FacilityId { get; init; }
    public Guid VolunteerId { get; init; }
    public Guid AssignmentId { get; init; }
    /// <summary>When it was written, on the system's clock.</summary>
    public DateTimeOffset At { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    /// <summary>By how much the phone's clock was put right, in seconds.</summary>
    public int ClockSkewSeconds { get; init; }
    public int DevicesWorking { get; init; }
    public int DevicesExpected { get; init; }
    public bool InternetUp { get; init; }
    /// <summary>Heads counted.</summary>
    public int PeopleSeen { get; init; }
    public List<SiteProblem> Problems { get; init; } = [];
    public List<SitePhoto> Photos { get; init; } = [];
}

public sealed class SiteProblem
{
    /// <summary>Also the id of the ticket that Enrollment opens for it.</summary>
    public Guid Id { get; init; }
    public Guid ReportId { get; init; }
    public ProblemConcern Concerns { get; init; }
    /// <summary>The device's, as scanned; null where nobody could say which.</summary>
    public string? Barcode { get; init; }
    /// <summary>In the volunteer's words; they stay here.</summary>
    public string? Text { get; init; }
}

internal sealed class SiteReportMapping : IEntityTypeConfiguration<SiteReport>, IEntityTypeConfiguration<SiteProblem>, IEntityTypeConfiguration<SitePhoto>
{
    public void Configure(EntityTypeBuilder<SiteReport> report)
    {
        report.ToTable("site_reports");
        report.Property(r => r.Id).ValueGeneratedNever();
        report.Property(r => r.Number).UseIdentityByDefaultColumn();
        report.HasIndex(r => r.Number).IsUnique();
        report.HasIndex(r => new { r.FacilityId, r.At });
        report.HasIndex(r => r.VolunteerId);
        report.HasIndex(r => r.AssignmentId);
        report.HasOne<Facility>().WithMany().HasForeignKey(r => r.FacilityId).OnDelete(DeleteBehavior.Restrict);
        report.HasOne<Volunteer>().WithMany().HasForeignKey(r => r.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        report.HasOne<Assignment>().WithMany().HasForeignKey(r => r.AssignmentId).OnDelete(DeleteBehavior.Restrict);
        report.HasMany(r => r.Problems).WithOne().HasForeignKey(p => p.ReportId);
        report.HasMany(r => r.Photos).WithOne().HasForeignKey(p => p.ReportId);
    }

    public void Configure(EntityTypeBuilder<SiteProblem> problem)
    {
        problem.ToTable("site_problems");
        problem.Property(p => p.Id).ValueGeneratedNever();
        problem.HasIndex(p => p.ReportId);
    }

    public void Configure(EntityTypeBuilder<SitePhoto> photo)
    {
        photo.ToTable("site_photos");
        photo.Property(p => p.Id).ValueGeneratedNever();
        photo.HasIndex(p => new { p.ReportId, p.Sha256 }).IsUnique();
    }
}
