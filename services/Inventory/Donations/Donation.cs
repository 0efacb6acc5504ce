using BetterConnections.Inventory.Devices;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Donations;

public enum DonationState { Offered, Accepted, Declined, Collected, Received }

/// <summary>What a donor gives at one time, from the offer to the receipt of its devices. It changes only with a history entry.</summary>
public sealed class Donation
{
    private static readonly Dictionary<DonationState, DonationState[]> Next = new()
    {
        [DonationState.Offered] = [DonationState.Accepted, DonationState.Declined],
        // A donor may bring the devices itself, so collecting can be left out.
        [DonationState.Accepted] = [DonationState.Collected, DonationState.Received, DonationState.Declined],
        [DonationState.Collected] = [DonationState.Received],
        [DonationState.Received] = [],
        [DonationState.Declined] = [],
    };

    private readonly List<DonationEvent> _history = [];

    private Donation() { }

    public Guid Id { get; private set; }
    public Guid DonorId { get; private set; }
    public string Description { get; private set; } = null!;
    /// <summary>How many devices the donor expects to give.</summary>
    public int ExpectedDevices { get; private set; }
    public string? CollectFrom { get; private set; }
    /// <summary>Where its devices are received, unless an import names another warehouse.</summary>
    public Guid? WarehouseId { get; private set; }
    public DonationState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public int HistoryLength { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<DonationEvent> History => _history;

    public static Donation Offer(Guid donorId, string description, int expectedDevices, string? collectFrom, Act act)
    {
        var donation = new Donation
        {
            Id = Guid.CreateVersion7(act.At),
            DonorId = donorId,
            Description = description,
            ExpectedDevices = expectedDevices,
            CollectFrom = collectFrom,
        };
        donation.Enter(DonationState.Offered, act);
        return donation;
    }

    public void Accept(Guid? warehouseId, Act act)
    {
        Move(DonationState.Accepted, act);
        WarehouseId = warehouseId;
    }

    public void Decline(Act act) => Move(DonationState.Declined, act);

    public void Collect(Act act) => Move(DonationState.Collected, act);

    /// <summary>Devices of it were registered: the first make it received, later ones (a mended manifest, a second load) are noted.</summary>
    public void Receive(Act act)
    {
        if (State == DonationState.Received) Enter(State, act);
        else Move(DonationState.Received, act);
    }

    /// <summary>Refuses devices of a donation that nobody accepted.</summary>
    public void RequireAccepted()
    {
        if (State is DonationState.Offered or DonationState.Declined)
            throw new RuleBroken("donation_not_accepted", $"The donation is {State}; its devices are registered once it is accepted.").With("state", State);
    }

    private void Move(DonationState to, Act act)
    {
        if (!Next[State].Contains(to))
            throw new RuleBroken("state_forbids", $"The donation is {State}; it cannot become {to}.").With("state", State);
        Enter(to, act);
    }

    private void Enter(DonationState to, Act act)
    {
        _history.Add(new DonationEvent { DonationId = Id, Seq = ++HistoryLength, At = act.At, By = act.By, Why = act.Why, State = to });
        if (State != to || HistoryLength == 1) StateSince = act.At;
        State = to;
    }
}

/// <summary>One entry of a donation's history; never changed or deleted.</summary>
public sealed class DonationEvent
{
    public Guid DonationId { get; init; }
    public int Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
    public DonationState State { get; init; }
}
