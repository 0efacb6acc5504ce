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

/// <summary>A filled form is here with all its files, or an edit of one has taken its place.</summary>
/// <param name="OriginalId">The first version's id where this is an edit.</param>
/// <param name="WaveId">Null where no wave asks this instrument there and then, or the wave is not known yet.</param>
/// <param name="FacilityId">Null where the form names none.</param>
/// <param name="Late">Came when its wave had closed.</param>
public sealed record SubmissionReceived(long SubmissionId, long? OriginalId, string FormId, string FormVersion, string Instrument, Guid? WaveId, Guid? FacilityId,
    bool Late, DateTimeOffset At);

/// <summary>Interviews are still to be held at a facility of an open wave: told once a week, from the second week on.</summary>
/// <param name="Code">The wave's.</param>
/// <param name="Due">How many.</param>
/// <param name="Closes">End of the wave's window at the facility.</param>
public sealed record InterviewsDue(Guid WaveId, string Code, Guid FacilityId, int Due, DateTimeOffset Closes, DateTimeOffset At);
