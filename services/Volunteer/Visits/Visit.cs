using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Visits;

public enum VisitState { Begun, Ended, Approved, Rejected }

/// <summary>One time on site, from check-in to check-out. Its minutes count once a second person has approved them.</summary>
public sealed class Visit
{
    private Visit() { }

    /// <summary>Made by the phone, so that what is sent again is recognised.</summary>
    public Guid Id { get; private set; }
    /// <summary>Ascending as they are received; what lists are paged by.</summary>
    public long Number { get; private set; }
    public Guid AssignmentId { get; private set; }
    public Guid VolunteerId { get; private set; }
    public Guid FacilityId { get; private set; }
    public AssignmentRole Role { get; private set; }
    public DateTimeOffset InAt { get; private set; }
    public DateTimeOffset InReceivedAt { get; private set; }
    /// <summary>By how much the phone's clock was put right, in seconds; that of the check-out where the two differ.</summary>
    public int ClockSkewSeconds { get; private set; }
    /// <summary>From the facility; the place itself is not kept. Null where the phone or the facility told none.</summary>
    public int? InMetres { get; private set; }
    public DateTimeOffset? OutAt { get; private set; }
    public DateTimeOffset? OutReceivedAt { get; private set; }
    public int? OutMetres { get; private set; }
    /// <summary>Whole minutes from check-in to check-out.</summary>
    public int? Minutes { get; private set; }
    public VisitState State { get; private set; }
    public int? ApprovedMinutes { get; private set; }
    /// <summary>The account that approved or rejected.</summary>
    public string? JudgedBy { get; private set; }
    public DateTimeOffset? JudgedAt { get; private set; }
    /// <summary>Why fewer minutes count, or none.</summary>
    public string? Why { get; private set; }
    public uint Version { get; private set; }

    public static Visit Begin(Guid id, Assignment assignment, DeviceTime at, int? metres, DateTimeOffset receivedAt) => new()
    {
        Id = id,
        AssignmentId = assignment.Id,
        VolunteerId = assignment.VolunteerId,
        FacilityId = assignment.FacilityId,
        Role = assignment.Role,
        InAt = at.At,
        InReceivedAt = receivedAt,
        ClockSkewSeconds = at.SkewSeconds,
        InMetres = metres,
        State = VisitState.Begun,
    };

    /// <exception cref="BadInput">out_before_in</exception>
    public void End(DeviceTime at, int? metres, DateTimeOffset receivedAt)
    {
        if (at.At <= InAt) throw new BadInput("out_before_in", $"The check-out at {at.At:u} is not after the check-in at {InAt:u}.");
        (OutAt, OutReceivedAt, OutMetres, Minutes) = (at.At, receivedAt, metres, (int)(at.At - InAt).TotalMinutes);
        if (at.SkewSeconds != 0) ClockSkewSeconds = at.SkewSeconds;
        State = VisitState.Ended;
    }

    /// <param name="minutes">As many as counted, or fewer.</param>
    /// <exception cref="RuleBroken">state_forbids, minutes_too_many</exception>
    public void Approve(int minutes, Act act)
    {
        Demand(VisitState.Approved);
        if (minutes > Minutes) throw new RuleBroken("minutes_too_many", $"The visit lasted {Minutes} minutes; hours are corrected downwards only.").With("minutes", Minutes);
        if (minutes < Minutes && act.Why is null) throw new BadInput("reason_required", "Say why fewer minutes count.");
        ApprovedMinutes = minutes;
        Judge(VisitState.Approved, act);
    }

    public void Reject(Act act)
    {
        Demand(VisitState.Rejected);
        Judge(VisitState.Rejected, act);
    }

    private void Demand(VisitState to)
    {
        if (State != VisitState.Ended) throw new RuleBroken("state_forbids", $"The visit is {State}; it cannot become {to}.").With("state", State);
    }

    private void Judge(VisitState to, Act act) => (State, JudgedBy, JudgedAt, Why) = (to, act.By, act.At, act.Why);
}
