using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Readiness;

/// <summary>One item of the readiness checklist at one facility: the employer says it is done, an inspector passes or fails it.</summary>
public sealed class ChecklistMark
{
    public Guid FacilityId { get; init; }
    /// <summary>The item's code in the programme's checklist.</summary>
    public required string Item { get; init; }
    public string? Note { get; private set; }
    public DateTimeOffset DoneAt { get; private set; }
    public string DoneBy { get; private set; } = null!;
    /// <summary>Null until inspected, and again once the employer has done it anew.</summary>
    public bool? Passed { get; private set; }
    public string? Remark { get; private set; }
    public DateTimeOffset? InspectedAt { get; private set; }
    public string? InspectedBy { get; private set; }

    public void Done(string? note, Act act)
    {
        (Note, DoneAt, DoneBy) = (note, act.At, act.By);
        (Passed, Remark, InspectedAt, InspectedBy) = (null, null, null, null);
    }

    /// <exception cref="BadInput">remark_required: whoever fails an item says what is wrong with it.</exception>
    public void Inspect(bool passed, string? remark, Act act)
    {
        if (!passed && string.IsNullOrWhiteSpace(remark)) throw new BadInput("remark_required", "Say what is wrong, so that it can be put right.");
        (Passed, Remark, InspectedAt, InspectedBy) = (passed, remark, act.At, act.By);
    }
}
