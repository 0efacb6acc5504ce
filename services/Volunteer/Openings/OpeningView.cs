using System.Linq.Expressions;
using BetterConnections.Volunteers.Facilities;

namespace BetterConnections.Volunteers.Openings;

/// <param name="FacilityState">While it is <c>Suspended</c> nobody is sent there.</param>
public sealed record OpeningView(Guid Id, long Number, Guid FacilityId, string? FacilityCode, string? Zone, double? Latitude, double? Longitude,
    FacilityState FacilityState, AssignmentRole Role, string Cause, string[] Languages, string[] Topics, DateTimeOffset Starts, DateTimeOffset Ends,
    int HoursPerWeek, int People, int Taken, OpeningState State, DateTimeOffset StateSince, string? Why);

/// <summary>An opening beside its facility, for projections.</summary>
internal sealed class OpeningAt
{
    public required Opening Opening { get; init; }
    public required Facility Facility { get; init; }

    public static readonly Expression<Func<OpeningAt, OpeningView>> View = r => new OpeningView(r.Opening.Id, r.Opening.Number, r.Facility.Id, r.Facility.Code,
        r.Facility.Zone, r.Facility.Latitude, r.Facility.Longitude, r.Facility.State, r.Opening.Role, r.Opening.Cause, r.Opening.Languages, r.Opening.Topics,
        r.Opening.Starts, r.Opening.Ends, r.Opening.HoursPerWeek, r.Opening.People, r.Opening.Taken, r.Opening.State, r.Opening.StateSince, r.Opening.Why);
}
