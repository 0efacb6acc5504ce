using System.Linq.Expressions;

namespace BetterConnections.Volunteers.SiteReports;

public sealed record SiteReportView(Guid Id, long Number, Guid FacilityId, Guid VolunteerId, DateTimeOffset At, DateTimeOffset ReceivedAt, int ClockSkewSeconds,
    int DevicesWorking, int DevicesExpected, bool InternetUp, int PeopleSeen, IReadOnlyList<SiteProblemView> Problems, IReadOnlyList<SitePhotoView> Photos)
{
    public static readonly Expression<Func<SiteReport, SiteReportView>> Of = r => new SiteReportView(r.Id, r.Number, r.FacilityId, r.VolunteerId, r.At, r.ReceivedAt,
        r.ClockSkewSeconds, r.DevicesWorking, r.DevicesExpected, r.InternetUp, r.PeopleSeen,
        r.Problems.OrderBy(p => p.Id).Select(p => new SiteProblemView(p.Id, p.Concerns, p.Barcode, p.Text)).ToList(),
        r.Photos.OrderBy(p => p.Id).Select(p => new SitePhotoView(p.Id, p.ContentType, p.Bytes, p.AddedAt)).ToList());

    private static readonly Func<SiteReport, SiteReportView> Compiled = Of.Compile();

    public static SiteReportView From(SiteReport report) => Compiled(report);
}

/// <param name="Id">Also of the ticket that was opened for it, unless there was one already.</param>
public sealed record SiteProblemView(Guid Id, ProblemConcern Concerns, string? Barcode, string? Text);

/// <summary>The picture itself is read by its own request.</summary>
public sealed record SitePhotoView(Guid Id, string ContentType, int Bytes, DateTimeOffset AddedAt);
