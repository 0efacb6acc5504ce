using BetterConnections.Enrollment.Sites;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Facilities;

/// <summary>One room with computers at a site, from application to closing. It changes only through its verbs, which write its history.</summary>
public sealed class Facility
{
    private readonly List<FacilityEvent> _history = [];

    private Facility() { }

    public Guid Id { get; private set; }
    /// <summary>The number in the code.</summary>
    public long Number { get; private set; }
    /// <summary><c>F0001</c>; what people write on the door.</summary>
    public string Code { get; private set; } = null!;
    public Guid EmployerId { get; private set; }
    public Guid SiteId { get; private set; }
    public Site Site { get; private set; } = null!;
    /// <summary>The residents it is for: the site's, shared evenly over the facilities the site may have.</summary>
    public int Residents { get; private set; }
    /// <summary>Higher is served first when kits are short.</summary>
    public int Priority { get; private set; }
    public FacilityState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset AppliedAt { get; private set; }
    public Guid? KitId { get; private set; }
    /// <summary>Why it still waits for its kit; null when it does not.</summary>
    public string? WaitingReason { get; private set; }
    /// <summary>When Inventory gave that reason.</summary>
    public DateTimeOffset? WaitingAsOf { get; private set; }
    /// <summary>The day on which its kit is to arrive, as the warehouse agreed it with the employer.</summary>
    public DateOnly? DeliveryOn { get; private set; }
    /// <summary>When Inventory said so.</summary>
    public DateTimeOffset? DeliveryAsOf { get; private set; }
    /// <summary>When it is open to workers, in the order of the week; empty until the employer says.</summary>
    public IReadOnlyList<OpeningTime> OpeningHours { get; private set; } = [];
    /// <summary>1 for the first facility of the programme to open; kept for good.</summary>
    public int? OpeningNumber { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public int HistoryLength { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<FacilityEvent> History => _history;
    public List<FacilityHelper> Helpers { get; } = [];

    public static Facility Apply(long number, Site site, ProgrammeSettings programme, Act act)
    {
        var facility = new Facility
        {
            Id = Guid.CreateVersion7(act.At),
            Number = number,
            Code = $"F{number:D4}",
            EmployerId = site.EmployerId,
            SiteId = site.Id,
            Site = site,
            Residents = site.Residents / site.MostFacilities(programme),
            AppliedAt = act.At,
        };
        facility.Enter(null, FacilityState.Applied, act);
        return facility;
    }

    public void NeedsAssessed(Act act) => Move(FacilityState.NeedsAssessed, act);

    /// <summary>The employer has begun on the room; a second item begun changes nothing.</summary>
    public void Prepare(Act act)
    {
        if (State != FacilityState.SpaceInPreparation) Move(FacilityState.SpaceInPreparation, act);
    }

    public void SpaceReady(Act act) => Move(FacilityState.SpaceReady, act);

    /// <summary>What Inventory tells of the kit, in whatever order it arrives: forward only; the stale and the late are passed over.</summary>
    public void FollowKit(FacilityState to, Guid kitId, Act act)
    {
        if (State is < FacilityState.SpaceReady or >= FacilityState.KitDelivered || to <= State) return;
        KitId = kitId;
        WaitingReason = null;
        Move(to, act);
    }

    /// <summary>Stock is short. Passed over once the kit is reserved, or when a later word on the matter came first.</summary>
    public void Wait(string reason, Act act)
    {
        if (State != FacilityState.SpaceReady || act.At <= WaitingAsOf) return;
        (WaitingReason, WaitingAsOf) = (reason, act.At);
        Note(act);
    }

    /// <summary>Passed over once the kit is there or nobody waits for it, or when a later word on the matter came first.</summary>
    public void ExpectDelivery(DateOnly on, Act act)
    {
        if (State >= FacilityState.KitDelivered || act.At <= DeliveryAsOf) return;
        (DeliveryOn, DeliveryAsOf) = (on, act.At);
        Note(act);
    }

    /// <exception cref="RuleBroken">facility_ended: nobody comes there any more.</exception>
    public void OpenAt(IReadOnlyList<OpeningTime> hours, Act act)
    {
        if (State is FacilityState.Closed or FacilityState.Withdrawn) throw new RuleBroken("facility_ended", $"{Code} is {State}; it has no opening hours.").With("state", State);
        OpeningHours = hours;
        Note(act);
    }

    /// <param name="openingNumber">The next one, taken in the transaction that saves this.</param>
    public void Open(int openingNumber, Act act)
    {
        if (OpeningNumber is not null) throw Forbidden(FacilityState.Open); // suspended: it resumes under its old number
        Move(FacilityState.Open, act);
        (OpeningNumber, OpenedAt) = (openingNumber, act.At);
    }

    public void Suspend(Act act) => Move(FacilityState.Suspended, act);

    public void Resume(Act act)
    {
        if (State != FacilityState.Suspended) throw Forbidden(FacilityState.Open);
        Move(FacilityState.Open, act);
    }

    public void Close(Act act) => Move(FacilityState.Closed, act);

    public void Withdraw(Act act)
    {
        Move(FacilityState.Withdrawn, act);
        WaitingReason = null;
        DeliveryOn = null;
    }

    /// <exception cref="RuleBroken">priority_fixed: the place in the line is taken when the space is ready.</exception>
    public void Prioritise(int priority, Act act)
    {
        if (State >= FacilityState.SpaceReady) throw new RuleBroken("priority_fixed", $"{Code} is {State}; its place in the line for a kit is taken.");
        Priority = priority;
        Note(act);
    }

    /// <summary>Something for the history that is no change of state.</summary>
    public void Note(Act act) => Enter(State, State, act);

    private void Move(FacilityState to, Act act)
    {
        if (!FacilityLife.After(State).Contains(to)) throw Forbidden(to);
        Enter(State, to, act);
    }

    private Refusal Forbidden(FacilityState to) => new RuleBroken("state_forbids", $"{Code} is {State}; it cannot become {to}.").With("state", State);

    private void Enter(FacilityState? from, FacilityState to, Act act)
    {
        _history.Add(new FacilityEvent { FacilityId = Id, Seq = ++HistoryLength, At = act.At, By = act.By, Why = act.Why, FromState = from, ToState = to });
        if (from != to) StateSince = act.At;
        State = to;
    }
}

/// <summary>One entry of a facility's history; never changed or deleted.</summary>
public sealed class FacilityEvent
{
    public long Id { get; init; }
    public Guid FacilityId { get; init; }
    public int Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
    public FacilityState? FromState { get; init; }
    public FacilityState ToState { get; init; }
}
