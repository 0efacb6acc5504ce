using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests;

/// <summary>Facilities, openings and assignments as tests speak of them.</summary>
public static class WorkSteps
{
    public const string Openings = "/api/volunteer/openings", Assignments = "/api/volunteer/assignments";
    public const double DohaLatitude = 25.286, DohaLongitude = 51.533;
    private static int _number;

    public static HttpClient Office(this VolunteerApp volunteers) => volunteers.As(Roles.ProgrammeOffice);

    /// <summary>Right on the minute, so that texts and clocks agree, <paramref name="hours"/> from now.</summary>
    public static DateTimeOffset In(this VolunteerApp volunteers, double hours)
    {
        var now = volunteers.Clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddHours(hours);
    }

    public static FacilityOpened Opened(this VolunteerApp volunteers, Guid? id = null, string[]? languages = null, string[]? topics = null) =>
        new(id ?? Guid.NewGuid(), $"F{Interlocked.Increment(ref _number):D5}", Guid.NewGuid(), _number, "57", DohaLatitude, DohaLongitude, 800,
            languages ?? ["hi", "ne"], topics ?? ["computer-basics"], volunteers.Clock.GetUtcNow());

    public static async Task<Guid> OpenFacilityAsync(this VolunteerApp volunteers)
    {
        var opened = volunteers.Opened();
        await volunteers.DeliverAsync(opened);
        return opened.FacilityId;
    }

    /// <summary>By hand, for the coming thirty days, at a facility of its own unless one is given.</summary>
    public static async Task<OpeningView> OpeningAsync(this VolunteerApp volunteers, AssignmentRole role = AssignmentRole.Monitor, int people = 1, Guid? facility = null,
        string[]? languages = null, string[]? topics = null) =>
        await volunteers.Office().PostAsync<OpeningView>(Openings, new
        {
            facilityId = facility ?? await volunteers.OpenFacilityAsync(),
            role,
            starts = volunteers.In(-1),
            ends = volunteers.In(30 * 24),
            people,
            languages,
            topics
        });

    public static ShiftTime Shift(this VolunteerApp volunteers, double inHours = 48, double hours = 2) => new(volunteers.In(inHours), volunteers.In(inHours + hours));

    public static Task<AssignmentView> OfferAsync(this VolunteerApp volunteers, OpeningView opening, Person person, params ShiftTime[] shifts) =>
        volunteers.Office().PostAsync<AssignmentView>($"{Openings}/{opening.Id}/offers",
            new { volunteerId = person.Id, shifts = shifts.Length > 0 ? shifts : [volunteers.Shift()] });

    public static Task<HttpResponseMessage> AcceptAsync(this Person person, AssignmentView assignment) =>
        person.Client.PostAsync($"{Assignments}/{assignment.Id}/accept", new { });

    /// <summary>Offered and accepted.</summary>
    public static async Task<AssignmentView> AssignAsync(this VolunteerApp volunteers, OpeningView opening, Person person, params ShiftTime[] shifts) =>
        await (await person.AcceptAsync(await volunteers.OfferAsync(opening, person, shifts))).ReadAsync<AssignmentView>();

    public static Task<OpeningView> ReadAsync(this VolunteerApp volunteers, OpeningView opening) => volunteers.Office().GetAsync<OpeningView>($"{Openings}/{opening.Id}");

    public static async Task<IReadOnlyList<OpeningView>> OpeningsAtAsync(this VolunteerApp volunteers, Guid facility) =>
        [.. (await volunteers.Office().GetAsync<Postgres.Page<OpeningView>>($"{Openings}?facilityId={facility}")).Items.OrderBy(o => o.Number)];
}
