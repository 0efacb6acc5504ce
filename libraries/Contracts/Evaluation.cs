namespace BetterConnections.Contracts;

// Published by Evaluation.

/// <summary>A survey wave is open: collectors are needed at its facilities.</summary>
/// <param name="Instruments">Codes of the instruments asked in it.</param>
public sealed record WaveOpened(Guid WaveId, string Code, IReadOnlyList<string> Instruments, IReadOnlyList<Guid> Facilities,
    DateTimeOffset Opens, DateTimeOffset Closes, DateTimeOffset At);

/// <summary>Workers of a facility are not yet independent users: a refresher is asked for.</summary>
/// <param name="Topic">Slug of the toolkit topic.</param>
/// <param name="Workers">How many, never fewer than may be published.</param>
public sealed record RefresherNeeded(Guid WaveId, Guid FacilityId, string Topic, int Workers, DateTimeOffset At);

/// <summary>A result is published and will not change.</summary>
/// <param name="Indicator">Code of the indicator.</param>
public sealed record ResultPublished(Guid ResultId, Guid WaveId, string Indicator, int DefinitionVersion, DateTimeOffset At);
