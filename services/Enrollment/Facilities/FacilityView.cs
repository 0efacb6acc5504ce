using System.Linq.Expressions;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>A facility as the API shows it.</summary>
/// <param name="Residents">Those it is for, not all of the site's.</param>
/// <param name="WaitingReason">Why the kit is late; null when it is not.</param>
/// <param name="DeliveryOn">The day on which the kit is to arrive, once it is agreed.</param>
/// <param name="OpeningHours">When it is open to workers; empty until the employer says.</param>
public sealed record FacilityView(Guid Id, string Code, FacilityState State, DateTimeOffset StateSince, Guid EmployerId, string Employer, Guid SiteId,
    string Site, string Zone, double Latitude, double Longitude, int Residents, int Priority, Guid? KitId, string? WaitingReason,
    DateTimeOffset AppliedAt, int? OpeningNumber, DateTimeOffset? OpenedAt, DateOnly? DeliveryOn, IReadOnlyList<OpeningTime> OpeningHours)
{
    public static readonly Expression<Func<Facility, FacilityView>> Of = f => new FacilityView(f.Id, f.Code, f.State, f.StateSince, f.EmployerId,
        f.Site.Employer.Name, f.SiteId, f.Site.Name, f.Site.Zone, f.Site.Latitude, f.Site.Longitude, f.Residents, f.Priority, f.KitId, f.WaitingReason,
        f.AppliedAt, f.OpeningNumber, f.OpenedAt, f.DeliveryOn, f.OpeningHours);

    private static readonly Func<Facility, FacilityView> Compiled = Of.Compile();

    /// <param name="facility">With its site and employer loaded.</param>
    public static FacilityView From(Facility facility) => Compiled(facility);
}

public sealed record FacilityEventView(int Seq, DateTimeOffset At, string By, string? Why, FacilityState? From, FacilityState To);
