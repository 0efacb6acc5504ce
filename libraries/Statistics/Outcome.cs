namespace BetterConnections.Statistics;

/// <summary>Why a number cannot be given. Data can be poor in these ways; arguments that make no sense are exceptions instead.</summary>
public enum Obstacle
{
    /// <summary>Nobody computed it: what an <see cref="Outcome{T}"/> says that was never assigned.</summary>
    NotComputed,

    /// <summary>No respondent, no pair, no cluster.</summary>
    NoObservations,

    /// <summary>Some, but fewer than the method or <see cref="Honesty"/> asks for.</summary>
    TooFewObservations,

    /// <summary>All of them in one cluster: nothing tells how clusters differ.</summary>
    OneCluster,

    /// <summary>Fewer clusters than <see cref="Honesty.LeastClusters"/>.</summary>
    TooFewClusters,

    /// <summary>The smallest p-value that so many clusters can give is not below <see cref="Honesty.Alpha"/>.</summary>
    AlphaOutOfReach,

    /// <summary>Nobody changed, or gains and losses balance within every cluster: the statistic is 0/0.</summary>
    NoChange,

    /// <summary>All values are equal.</summary>
    NoVariation,

    /// <summary>Every cluster has one member: correlation within clusters has nothing to show itself in.</summary>
    NoReplication,

    /// <summary>A count that the formula divides by is zero.</summary>
    EmptyCell,

    /// <summary>The estimate sits at the end of its range, where the formula of the interval breaks down.</summary>
    AtTheBoundary,

    /// <summary>Too few items of the scale were answered.</summary>
    MissingItems,

    /// <summary>No stratum has both arms.</summary>
    NothingToCompare,
}

/// <summary>
/// A number or the reason why there is none. Every method of this library that depends on data returns one, so that neither NaN nor
/// infinity ever leaves it.
/// </summary>
public readonly record struct Outcome<T> where T : struct
{
    private readonly T value;
    private readonly Obstacle obstacle;

    private Outcome(T value) => (this.value, IsComputed) = (value, true);

    private Outcome(Obstacle obstacle) => this.obstacle = obstacle;

    public bool IsComputed { get; }

    /// <exception cref="InvalidOperationException">There is no value; look at <see cref="IsComputed"/> first.</exception>
    public T Value => IsComputed ? value : throw new InvalidOperationException($"There is no value: {obstacle}.");

    /// <summary>Null when there is a value.</summary>
    public Obstacle? Obstacle => IsComputed ? null : obstacle;

    public T? OrNull => IsComputed ? value : null;

    public bool TryGet(out T computed)
    {
        computed = value;
        return IsComputed;
    }

    public Outcome<TOther> Then<TOther>(Func<T, Outcome<TOther>> next) where TOther : struct => IsComputed ? next(value) : obstacle;

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Obstacle obstacle) => new(obstacle);

    public override string ToString() => IsComputed ? $"{value}" : $"{obstacle}";
}
