namespace BetterConnections.Contracts;

// Published by Enrollment. A facility is named by its id and its short code (F0001); no event carries a person's data beyond ids.

/// <summary>An employer asked for a facility at one of its sites.</summary>
/// <param name="EmployerId">The employer's organisation, as in the <c>org</c> claim of its accounts.</param>
/// <param name="Residents">Those this facility is for: the site's, shared evenly over the facilities the site may have, so that adding up counts nobody twice.</param>
/// <param name="Latitude">The site's, in degrees, as <paramref name="Longitude"/>; events from before these were told have neither.</param>
public sealed record FacilityApplied(Guid FacilityId, string Code, Guid EmployerId, Guid SiteId, string Zone, int Residents, DateTimeOffset At,
    double? Latitude = null, double? Longitude = null);

/// <param name="Languages">ISO 639-1 codes of the languages residents speak, most spoken first.</param>
/// <param name="Topics">Toolkit topics wanted.</param>
public sealed record FacilityNeedsAssessed(Guid FacilityId, string Code, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, DateTimeOffset At);

/// <summary>All mandatory items of the readiness checklist passed inspection: the kit may be reserved.</summary>
/// <param name="Priority">Higher goes first; within one priority the earlier <paramref name="At"/>.</param>
/// <param name="Computers">Computers in the kit.</param>
/// <param name="Modems">Modems in the kit.</param>
public sealed record FacilitySpaceReady(Guid FacilityId, string Code, string Zone, int Priority, int Computers, int Modems, DateTimeOffset At);

/// <param name="OpeningNumber">1 for the first facility of the programme, without gaps or doubles.</param>
/// <param name="Residents">As in <see cref="FacilityApplied"/>.</param>
public sealed record FacilityOpened(Guid FacilityId, string Code, Guid EmployerId, int OpeningNumber, string Zone, double Latitude, double Longitude,
    int Residents, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, DateTimeOffset At);

public sealed record FacilitySuspended(Guid FacilityId, string Reason, DateTimeOffset At);

public sealed record FacilityResumed(Guid FacilityId, DateTimeOffset At);

/// <summary>The facility has ended; its devices are called back.</summary>
public sealed record FacilityClosed(Guid FacilityId, string Reason, DateTimeOffset At);

/// <summary>The application ended before opening; reserved devices are released, those on the way or on site called back.</summary>
public sealed record FacilityWithdrawn(Guid FacilityId, string Reason, DateTimeOffset At);

/// <summary>At most 500 workers of one facility; a large import publishes many.</summary>
/// <param name="Moved">They came from another facility, so the programme has not become more people.</param>
public sealed record WorkersJoined(Guid FacilityId, IReadOnlyList<JoinedWorker> Workers, DateTimeOffset At, bool Moved = false);

/// <param name="Code">The code on the worker's card.</param>
/// <param name="Languages">ISO 639-1 codes, best first.</param>
public sealed record JoinedWorker(Guid WorkerId, string Code, IReadOnlyList<string> Languages);

/// <summary>A worker left the facility and is at none; who goes on to another has <see cref="WorkersJoined"/> there instead.</summary>
public sealed record WorkerLeft(Guid FacilityId, Guid WorkerId, DateTimeOffset At);

/// <summary>A worker took back a consent, or gave it after having joined.</summary>
/// <param name="Purpose">One of <see cref="ConsentPurposes"/>; the consent to be spoken to by name concerns Enrollment alone.</param>
/// <param name="Given">False: taken back.</param>
public sealed record WorkerConsentChanged(Guid WorkerId, string Code, string Purpose, bool Given, DateTimeOffset At);

/// <summary>What was known of a worker was erased on request; whoever keeps the card forgets it. Counts stay.</summary>
/// <param name="Code">The code on the card: answers are kept under what is made of it, and the joining may not have come yet.</param>
public sealed record WorkerErased(Guid WorkerId, string Code, DateTimeOffset At);

public sealed record ChampionNamed(Guid FacilityId, Guid WorkerId, DateTimeOffset At);

/// <param name="Concerns"><c>device</c> (Inventory), <c>connection</c> (the internet partner) or <c>room</c> (the employer).</param>
/// <param name="Barcode">The device, where one is concerned.</param>
public sealed record TicketOpened(Guid TicketId, Guid FacilityId, string Concerns, string? Barcode, DateTimeOffset At);

/// <summary>What a worker agrees to, as events say it.</summary>
public static class ConsentPurposes
{
    public const string Training = "training";
    public const string Evaluation = "evaluation";
}
