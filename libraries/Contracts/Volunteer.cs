namespace BetterConnections.Contracts;

// Published by Volunteer. A volunteer is named by an id, its number and the account (token subject) that acts for it, never by name.

/// <summary>The application passed screening: the volunteer may be trained.</summary>
/// <param name="Languages">ISO 639-1 codes, best first.</param>
/// <param name="Number">What the volunteer goes by, <c>V-000123</c>; null in events from before it was told.</param>
public sealed record VolunteerScreened(Guid VolunteerId, string Account, IReadOnlyList<string> Languages, DateTimeOffset At, string? Number = null);

/// <summary>A volunteer took an assignment at a facility.</summary>
/// <param name="Role">One of <see cref="AssignmentRoles"/>.</param>
/// <param name="Languages">The volunteer's, best first.</param>
/// <param name="Topics">What the volunteer is certified to teach; empty for other roles.</param>
/// <param name="Starts">Of the first shift; <paramref name="Ends"/> is the last one's.</param>
/// <param name="Shifts">The hours it is for; null in events from before they were told.</param>
public sealed record AssignmentAccepted(Guid AssignmentId, Guid VolunteerId, string Account, Guid FacilityId, string Role,
    IReadOnlyList<string> Languages, IReadOnlyList<string> Topics, DateTimeOffset Starts, DateTimeOffset Ends, DateTimeOffset At,
    IReadOnlyList<AssignedShift>? Shifts = null);

/// <summary>One time on site.</summary>
public sealed record AssignedShift(DateTimeOffset Starts, DateTimeOffset Ends);

/// <summary>An accepted assignment is over: done, called off, or its volunteer left.</summary>
public sealed record AssignmentEnded(Guid AssignmentId, Guid VolunteerId, string Account, Guid FacilityId, string Role, DateTimeOffset At);

/// <summary>A second person approved the hours of one visit.</summary>
/// <param name="Minutes">As approved, which may be less than from check-in to check-out.</param>
public sealed record HoursApproved(Guid VisitId, Guid VolunteerId, Guid FacilityId, string Role, int Minutes, DateTimeOffset At);

/// <summary>What a volunteer found at a facility.</summary>
/// <param name="DevicesWorking">Computers that work, of <paramref name="DevicesExpected"/>.</param>
/// <param name="PeopleSeen">Heads counted, nobody in particular.</param>
public sealed record SiteReported(Guid ReportId, Guid FacilityId, Guid VolunteerId, int DevicesWorking, int DevicesExpected, bool InternetUp,
    int PeopleSeen, IReadOnlyList<ReportedProblem> Problems, DateTimeOffset At);

/// <param name="ProblemId">Of this problem of this report, so that one problem opens one ticket.</param>
/// <param name="Concerns">As in <see cref="TicketOpened"/>.</param>
public sealed record ReportedProblem(Guid ProblemId, string Concerns, string? Barcode);

/// <summary>A screened volunteer stopped, or was stopped. It may be taken in again later.</summary>
public sealed record VolunteerDeactivated(Guid VolunteerId, DateTimeOffset At);

/// <summary>Who had stopped is a volunteer again.</summary>
public sealed record VolunteerReactivated(Guid VolunteerId, DateTimeOffset At);

/// <summary>The volunteer's personal data was erased on request; whoever keeps the account forgets it. Counts stay.</summary>
public sealed record VolunteerErased(Guid VolunteerId, DateTimeOffset At);

/// <summary>What a volunteer does at a facility, as events say it.</summary>
public static class AssignmentRoles
{
    public const string Assessor = "assessor";
    public const string Installer = "installer";
    public const string Inspector = "inspector";
    public const string Trainer = "trainer";
    public const string Monitor = "monitor";

    public static readonly IReadOnlyList<string> All = [Assessor, Installer, Inspector, Trainer, Monitor];
}
