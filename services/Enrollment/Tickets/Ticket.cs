using System.Text.RegularExpressions;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Tickets;

public enum TicketConcern { Device, Connection, Room }

public enum TicketState { Open, InProgress, Resolved, Reopened }

/// <summary>A fault at a facility. A device's goes to Inventory, the connection's to the internet partner, the room's to the employer.</summary>
public sealed partial class Ticket
{
    private Ticket() { }

    public Guid Id { get; private set; }
    /// <summary>Ascending in the order of opening; what people call it by, and lists are paged by.</summary>
    public long Number { get; private set; }
    public Guid FacilityId { get; private set; }
    public Facility Facility { get; private set; } = null!;
    public TicketConcern Concerns { get; private set; }
    /// <summary>The device's, with dashes as on its label; null for the connection and the room.</summary>
    public string? Barcode { get; private set; }
    /// <summary>The internet partner; null for devices and rooms, and while the programme has no such partner.</summary>
    public Guid? PartnerId { get; private set; }
    public string Description { get; private set; } = null!;
    public TicketState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public string OpenedBy { get; private set; } = null!;
    public DateTimeOffset StateSince { get; private set; }
    public string StateBy { get; private set; } = null!;
    /// <summary>What was done, or why it was opened again: the note of the last change.</summary>
    public string? Note { get; private set; }
    /// <summary>How often it was opened again.</summary>
    public int Reopenings { get; private set; }
    public uint Version { get; private set; }

    public static Ticket Open(Guid facilityId, TicketConcern concerns, string? barcode, Guid? partnerId, string description, Act act)
    {
        if (concerns == TicketConcern.Device && barcode is null)
            throw new BadInput("barcode_required", "Scan the device that has the fault.");
        if (concerns != TicketConcern.Device && barcode is not null)
            throw new BadInput("barcode_not_expected", "Only a device's ticket carries a barcode.");
        return Of(Guid.CreateVersion7(act.At), facilityId, concerns, Dashed(barcode), partnerId, description.Trim(), act);
    }

    /// <summary>A problem of a site report, which need not say which device it is.</summary>
    /// <param name="problemId">Also the ticket's id: one problem is one ticket.</param>
    /// <param name="barcode">As <see cref="Dashed"/> has it.</param>
    public static Ticket Report(Guid problemId, Guid facilityId, TicketConcern concerns, string? barcode, Guid? partnerId, string description, Act act) =>
        Of(problemId, facilityId, concerns, barcode, partnerId, description, act);

    private static Ticket Of(Guid id, Guid facilityId, TicketConcern concerns, string? barcode, Guid? partnerId, string description, Act act) => new()
    {
        Id = id,
        FacilityId = facilityId,
        Concerns = concerns,
        Barcode = barcode,
        PartnerId = partnerId,
        Description = description,
        State = TicketState.Open,
        OpenedAt = act.At,
        OpenedBy = act.By,
        StateSince = act.At,
        StateBy = act.By,
    };

    /// <summary>A barcode as on the label. In one form it finds its device's events, and one device has one open ticket.</summary>
    public static string? Dashed(string? barcode) => barcode is null ? null : Typed().Replace(barcode.Trim().ToUpperInvariant(), "$1-$2-$3");

    [GeneratedRegex("^([A-Z]+)-?([0-9]{6,})-?([0-9A-Z])$")]
    private static partial Regex Typed();

    public bool IsResolved => State == TicketState.Resolved;

    /// <summary>Somebody works on it.</summary>
    public void Start(Act act)
    {
        if (State is not (TicketState.Open or TicketState.Reopened)) throw Forbidden(TicketState.InProgress);
        Enter(TicketState.InProgress, act);
    }

    public void Resolve(Act act)
    {
        if (IsResolved) throw Forbidden(TicketState.Resolved);
        Enter(TicketState.Resolved, act);
    }

    public void Reopen(Act act)
    {
        if (!IsResolved) throw Forbidden(TicketState.Reopened);
        Reopenings++;
        Enter(TicketState.Reopened, act);
    }

    private void Enter(TicketState to, Act act) => (State, StateSince, StateBy, Note) = (to, act.At, act.By, act.Why);

    private Refusal Forbidden(TicketState to) => new RuleBroken("state_forbids", $"Ticket {Number} is {State}; it cannot become {to}.").With("state", State);
}
