namespace BetterConnections.Enrollment.Facilities;

/// <summary>A facility's life. The order of the words is the way forward until it is open.</summary>
public enum FacilityState
{
    Applied, NeedsAssessed, SpaceInPreparation, SpaceReady, KitReserved, KitInTransit, KitDelivered, Open, Suspended, Closed, Withdrawn,
}

/// <summary>Which state may follow which. What else a step needs (a complete checklist) is asked where the step is taken.</summary>
public static class FacilityLife
{
    private static readonly Dictionary<FacilityState, FacilityState[]> Next = new()
    {
        [FacilityState.Applied] = [FacilityState.NeedsAssessed, FacilityState.Withdrawn],
        [FacilityState.NeedsAssessed] = [FacilityState.SpaceInPreparation, FacilityState.Withdrawn],
        [FacilityState.SpaceInPreparation] = [FacilityState.SpaceReady, FacilityState.Withdrawn],
        // Inventory's events may overtake each other, so the kit can be seen to skip a step, never to go back one.
        [FacilityState.SpaceReady] = [FacilityState.KitReserved, FacilityState.KitInTransit, FacilityState.KitDelivered, FacilityState.Withdrawn],
        [FacilityState.KitReserved] = [FacilityState.KitInTransit, FacilityState.KitDelivered, FacilityState.Withdrawn],
        [FacilityState.KitInTransit] = [FacilityState.KitDelivered, FacilityState.Withdrawn],
        [FacilityState.KitDelivered] = [FacilityState.Open, FacilityState.Withdrawn],
        [FacilityState.Open] = [FacilityState.Suspended, FacilityState.Closed],
        [FacilityState.Suspended] = [FacilityState.Open, FacilityState.Closed],
        [FacilityState.Closed] = [],
        [FacilityState.Withdrawn] = [],
    };

    public static IReadOnlyList<FacilityState> After(FacilityState state) => Next[state];

    /// <summary>The ends; a facility in one of them no longer counts against what its site may have.</summary>
    public static readonly IReadOnlyList<FacilityState> Ended = [FacilityState.Closed, FacilityState.Withdrawn];
}
