using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Assignments;

/// <summary>
/// <c>Requested</c> (by the volunteer) or <c>Offered</c> (to it) → <c>Accepted</c> → <c>Done</c> | <c>Cancelled</c>; without an acceptance it
/// ends <c>Declined</c>, <c>Expired</c> or <c>Cancelled</c>.
/// </summary>
public enum AssignmentState { Requested, Offered, Accepted, Declined, Expired, Cancelled, Done }

/// <summary>A volunteer's place in an opening, with the hours it is for. It changes only while its opening's row is locked.</summary>
public sealed class Assignment
{
    private readonly List<Shift> _shifts = [];

    private Assignment() { }

    public Guid Id { get; private set; }
    /// <summary>Ascending; what lists are paged by.</summary>
    public long Number { get; private set; }
    public Guid OpeningId { get; private set; }
    public Guid FacilityId { get; private set; }
    public Guid VolunteerId { get; private set; }
    public AssignmentRole Role { get; private set; }
    public AssignmentState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    /// <summary>The account, the consumer, or <see cref="Act.Self"/>.</summary>
    public string StateBy { get; private set; } = null!;
    /// <summary>Why it was declined or cancelled.</summary>
    public string? Why { get; private set; }
    /// <summary>Until when the offer or request can be accepted.</summary>
    public DateTimeOffset AnswerBy { get; private set; }
    /// <summary>Of the first shift.</summary>
    public DateTimeOffset Starts { get; private set; }
    /// <summary>Of the last shift.</summary>
    public DateTimeOffset Ends { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    /// <summary>When it was done or, once accepted, cancelled.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>Raised by every change, as calendars want it.</summary>
    public int Sequence { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<Shift> Shifts => _shifts;

    public bool IsWaiting => State is AssignmentState.Requested or AssignmentState.Offered;
    public bool IsLive => IsWaiting || State == AssignmentState.Accepted;

    /// <param name="state"><c>Requested</c> or <c>Offered</c>.</param>
    /// <param name="shifts">In order; see <see cref="Shifts.Check"/>.</param>
    public static Assignment Propose(Opening opening, Guid volunteerId, AssignmentState state, IReadOnlyList<ShiftTime> shifts, DateTimeOffset answerBy, Act act)
    {
        var assignment = new Assignment
        {
            Id = Guid.CreateVersion7(act.At),
            OpeningId = opening.Id,
            FacilityId = opening.FacilityId,
            VolunteerId = volunteerId,
            Role = opening.Role,
            AnswerBy = answerBy,
            Starts = shifts[0].Starts,
            Ends = shifts.Max(s => s.Ends),
            Sequence = -1,
        };
        foreach (var shift in shifts)
            assignment._shifts.Add(new() { Id = Guid.CreateVersion7(act.At), AssignmentId = assignment.Id, VolunteerId = volunteerId, Starts = shift.Starts, Ends = shift.Ends });
        assignment.Enter(state, act);
        return assignment;
    }

    /// <summary>From now on its hours are held: the database allows nobody two places at one time.</summary>
    /// <exception cref="RuleBroken">offer_expired, state_forbids</exception>
    public void Accept(Act act)
    {
        if (State == AssignmentState.Expired || (IsWaiting && act.At >= AnswerBy))
            throw new RuleBroken("offer_expired", $"This could be accepted until {AnswerBy:u}.").With("answerBy", AnswerBy);
        Demand(IsWaiting, AssignmentState.Accepted);
        foreach (var shift in _shifts) shift.Held = true;
        AcceptedAt = act.At;
        Enter(AssignmentState.Accepted, act);
    }

    public void Decline(Act act)
    {
        Demand(IsWaiting, AssignmentState.Declined);
        Enter(AssignmentState.Declined, act);
    }

    /// <summary>Hours that have begun stay held, for they may have been worked. True when it had been accepted.</summary>
    public bool Cancel(Act act)
    {
        Demand(IsLive, AssignmentState.Cancelled);
        var accepted = State == AssignmentState.Accepted;
        foreach (var shift in _shifts.Where(s => s.Starts > act.At)) shift.Held = false;
        if (accepted) EndedAt = act.At;
        Enter(AssignmentState.Cancelled, act);
        return accepted;
    }

    public void Finish(Act act)
    {
        Demand(State == AssignmentState.Accepted, AssignmentState.Done);
        foreach (var shift in _shifts.Where(s => s.Starts > act.At)) shift.Held = false;
        EndedAt = act.At;
        Enter(AssignmentState.Done, act);
    }

    /// <exception cref="RuleBroken">notice_too_short: the next shift begins sooner than <paramref name="notice"/> from now.</exception>
    public void RequireNotice(TimeSpan notice, DateTimeOffset now)
    {
        var next = _shifts.Where(s => s.Ends > now).OrderBy(s => s.Starts).FirstOrDefault();
        if (State == AssignmentState.Accepted && next is not null && next.Starts - now < notice)
            throw new RuleBroken("notice_too_short", $"The next shift begins at {next.Starts:u}; less than {notice.TotalHours:0} hours ahead only the programme office cancels.");
    }

    private void Demand(bool allowed, AssignmentState to)
    {
        if (!allowed) throw new RuleBroken("state_forbids", $"The assignment is {State}; it cannot become {to}.").With("state", State);
    }

    private void Enter(AssignmentState to, Act act)
    {
        (State, StateSince, StateBy, Why) = (to, act.At, act.By, act.Why);
        Sequence++;
    }
}
