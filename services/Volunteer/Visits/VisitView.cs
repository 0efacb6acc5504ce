using System.Linq.Expressions;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Visits;

/// <param name="InMetres">From the facility at check-in; null where a place is not known.</param>
/// <param name="ClockSkewSeconds">What the phone's clock was put right by.</param>
/// <param name="Late">It was received more than an hour after it happened.</param>
public sealed record VisitView(Guid Id, long Number, Guid AssignmentId, Guid VolunteerId, Guid FacilityId, AssignmentRole Role, DateTimeOffset InAt, int? InMetres,
    DateTimeOffset? OutAt, int? OutMetres, int? Minutes, int ClockSkewSeconds, bool Late, VisitState State, int? ApprovedMinutes, DateTimeOffset? JudgedAt, string? Why)
{
    public static readonly Expression<Func<Visit, VisitView>> Of = v => new VisitView(v.Id, v.Number, v.AssignmentId, v.VolunteerId, v.FacilityId, v.Role, v.InAt, v.InMetres,
        v.OutAt, v.OutMetres, v.Minutes, v.ClockSkewSeconds, v.InReceivedAt > v.InAt.AddHours(1) || (v.OutAt != null && v.OutReceivedAt > v.OutAt.Value.AddHours(1)), v.State, v.ApprovedMinutes,
        v.JudgedAt, v.Why);

    private static readonly Func<Visit, VisitView> Compiled = Of.Compile();

    public static VisitView From(Visit visit) => Compiled(visit);
}

internal static class VisitAccess
{
    /// <summary>A volunteer sees its own.</summary>
    public static IQueryable<Visit> VisitsSeenBy(this VolunteerDb db, ClaimsPrincipal user)
    {
        if (user.SeesAllWork()) return db.Visits;
        var account = user.Subject();
        return db.Visits.Where(v => db.Volunteers.Any(o => o.Id == v.VolunteerId && o.Account == account));
    }
}
