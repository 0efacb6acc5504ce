using BetterConnections.Inventory.Wipes;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Inventory.Devices;

/// <summary>Who did something, when and why; every change of a device names it.</summary>
/// <param name="By">The account or partner system (token subject), or the name of the consumer that reacted to an event.</param>
public sealed record Act(string By, DateTimeOffset At, string? Why = null);

/// <summary>One donated machine, from receipt to recycling. It changes only through <see cref="Move"/>, which writes its history.</summary>
public sealed class Device
{
    private readonly List<DeviceEvent> _history = [];

    private Device() { }

    public Guid Id { get; private set; }
    /// <summary>The number in the barcode.</summary>
    public long Number { get; private set; }
    public string Barcode { get; private set; } = null!;
    public DeviceKind Kind { get; private set; }
    /// <summary>The maker's serial, trimmed and upper case; unique. Null where the maker gave none.</summary>
    public string? Serial { get; private set; }
    public string? Manufacturer { get; set; }
    public string? Model { get; set; }
    public string? Cpu { get; set; }
    public int? MemoryGb { get; set; }
    public int? StorageGb { get; set; }
    public StorageKind Storage { get; set; }
    public int? PurchasedYear { get; set; }
    public string? DonorAssetTag { get; set; }
    /// <summary>The donor's book value in the programme's currency.</summary>
    public decimal? BookValue { get; set; }
    public string? Notes { get; set; }

    public Guid? DonationId { get; set; }
    public DeviceState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public Guid? LocationId { get; private set; }
    /// <summary>The kit it is set aside for or stands in. The database allows a device one kit at a time because it is one column.</summary>
    public Guid? KitId { get; private set; }
    /// <summary>The kit that is one device short since this one left it; the next free device of its sort goes there in its place.</summary>
    public Guid? LeftKitId { get; private set; }
    /// <summary>Barcode of the device whose place it takes, from being set aside until it is received on site.</summary>
    public string? Replaces { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    /// <summary>When it was last triaged; wipe records from before are of a former life and count no more.</summary>
    public DateTimeOffset? TriagedAt { get; private set; }
    /// <summary>What the wipe records since then come to.</summary>
    public WipeStanding Wipe { get; private set; } = WipeStanding.Missing;
    /// <summary>The programme office let it go to a club though it was only cleared.</summary>
    public bool WipeWaived { get; private set; }
    /// <summary>How many entries the history has; the next entry's number less one.</summary>
    public int HistoryLength { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<DeviceEvent> History => _history;

    public bool HasStorage => Storage != StorageKind.None;

    public static Device Receive(Barcode barcode, DeviceKind kind, string? serial, StorageKind storage, Guid? locationId, Act act)
    {
        var device = new Device
        {
            Id = Guid.CreateVersion7(act.At),
            Number = barcode.Number,
            Barcode = barcode.ToString(),
            Kind = kind,
            Serial = NormaliseSerial(serial),
            Storage = storage,
            ReceivedAt = act.At,
        };
        device.Enter(null, DeviceState.Received, locationId, act);
        return device;
    }

    public static string? NormaliseSerial(string? serial) => string.IsNullOrWhiteSpace(serial) ? null : serial.Trim().ToUpperInvariant();

    /// <summary>The one way to another state. <paramref name="locationId"/> null leaves it where it is.</summary>
    public void Move(DeviceState to, Act act, Guid? locationId = null)
    {
        if (!DeviceLife.After(State).Contains(to))
            throw new RuleBroken("state_forbids", $"{Barcode} is {State}; it cannot become {to}.").With("state", State);
        if (State == DeviceState.InRepair && to == DeviceState.Deployed && KitId is null)
            throw new RuleBroken("not_on_site", $"{Barcode} belongs to no facility; it goes to a store.");
        if (to == DeviceState.InStock && State is DeviceState.Triaged or DeviceState.InRepair) RequireWipe();
        if (!DeviceLife.StaysInKit(State, to)) LeaveKit();
        Enter(State, to, locationId ?? LocationId, act);
    }

    /// <summary>A change of place or of fact that is no change of state (stored elsewhere, counted, a detail corrected).</summary>
    public void Note(Act act, Guid? locationId = null) => Enter(State, State, locationId ?? LocationId, act);

    public void SetAsideFor(Guid kitId, Act act, string? replaces = null)
    {
        Move(DeviceState.Reserved, act);
        (KitId, LeftKitId, Replaces) = (kitId, null, replaces);
    }

    /// <summary>It is on site: the barcode of the device whose place it takes there, told once.</summary>
    public string? TakeOver()
    {
        var old = Replaces;
        Replaces = null;
        return old;
    }

    /// <summary>Its kit gets another in its place, while the device itself may still stand in the facility.</summary>
    public void LeaveKit()
    {
        if (KitId is null) return;
        (LeftKitId, KitId) = (KitId, null);
    }

    /// <summary>The place it left is filled, or its kit needs it no longer.</summary>
    public void NoLongerMissed() => LeftKitId = null;

    /// <summary>Takes in what its wipe records now come to; an adequate wipe takes it out of triage.</summary>
    public void SettleWipe(WipeStanding standing, Act act)
    {
        Wipe = standing;
        if (State == DeviceState.Triaged && standing.IsAdequate()) Move(DeviceState.Wiped, act);
    }

    /// <summary>Storage that came from a donor, or from a facility, goes nowhere with its data on it.</summary>
    public void RequireWipe()
    {
        if (!HasStorage || Wipe.IsAdequate()) return;
        throw Wipe switch
        {
            WipeStanding.Failed => new RuleBroken("wipe_failed", $"The last wipe of {Barcode} failed. Wipe it again or destroy the medium."),
            WipeStanding.Unverified => new RuleBroken("wipe_not_verified", $"{Barcode} was wiped, but nobody verified it."),
            _ => new RuleBroken("wipe_missing", $"{Barcode} has storage that no wipe record covers."),
        };
    }

    /// <summary>A club is outside the programme's walls, so Clear is enough only where the programme office waived more.</summary>
    public void RequireWipeForClub()
    {
        RequireWipe();
        if (HasStorage && Wipe == WipeStanding.Clear && !WipeWaived)
            throw new RuleBroken("wipe_too_weak", $"{Barcode} was only cleared. Purge or destroy its storage, or ask the programme office for a waiver.");
    }

    public void WaiveWipe(Act act)
    {
        if (State is not (DeviceState.Triaged or DeviceState.Wiped))
            throw new RuleBroken("state_forbids", $"{Barcode} is {State}; a waiver is for a device that is about to leave for a club.").With("state", State);
        WipeWaived = true;
        Note(act);
    }

    private void Enter(DeviceState? from, DeviceState to, Guid? locationId, Act act)
    {
        _history.Add(new DeviceEvent
        {
            DeviceId = Id,
            Seq = ++HistoryLength,
            At = act.At,
            By = act.By,
            Why = act.Why,
            Kind = Kind,
            FromState = from,
            ToState = to,
            FromLocationId = LocationId,
            ToLocationId = locationId,
        });
        if (from != to) StateSince = act.At;
        if (from != to && to == DeviceState.Triaged) (TriagedAt, Wipe, WipeWaived) = (act.At, WipeStanding.Missing, false);
        // From here on it may hold what workers left on it.
        if (to == DeviceState.Deployed) (Wipe, WipeWaived) = (WipeStanding.Missing, false);
        State = to;
        LocationId = locationId;
    }
}

/// <summary>One entry of a device's history; never changed or deleted.</summary>
public sealed class DeviceEvent
{
    public long Id { get; init; }
    public Guid DeviceId { get; init; }
    public int Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
    public DeviceKind Kind { get; init; }
    public DeviceState? FromState { get; init; }
    public DeviceState ToState { get; init; }
    public Guid? FromLocationId { get; init; }
    public Guid? ToLocationId { get; init; }
}
