using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

public class TeachingJourneyTests(WholeSystem system) : IAsyncLifetime
{
    private const string Certificates = "/api/training/public/certificates";
    private School _school = null!;

    public async ValueTask InitializeAsync() => _school = await system.School.OpenAsync();

    [Fact]
    public async Task A_volunteer_comes_from_its_application_to_a_session_that_completes_a_workers_course()
    {
        var volunteer = await system.Staff.NewVolunteerAsync();
        var id = await volunteer.ApplyAsVolunteerAsync("Maryam");
        await system.Office.ScreenAsync(id);
        await CertifyAsync(volunteer, id);
        var certificate = await system.Books.OneAsync<Guid>("training", $"select id from certificates where learner_id = '{id}'");
        await IsVerifiedByAnybodyAsync(certificate);

        await volunteer.TakeTrainersPlaceAsync(system.Office, id, _school.Facility);
        var (card, session) = ($"J{Guid.NewGuid():n}"[..20].ToUpperInvariant(), await PlanAsync(id));
        (await _school.JoinAsync(card)).Read();
        await volunteer.MarkAsync(session, card);
        var delivered = await volunteer.DeliverAsync(session);
        Assert.Equal(("Delivered", 1, 60), (delivered.State, delivered.Attended, delivered.PersonMinutes));

        var progress = await _school.Partner.ProgressAsync(card);
        var course = Assert.Single(progress.Courses, c => c.CompletedAt is not null);
        Assert.Equal("labour-rights", course.Course);
        await IsVerifiedByAnybodyAsync(course.CertificateId!.Value);
        await Eventually.BecomesAsync(() => system.Books.ColumnAsync<long>("evaluation",
            $"select number from facts where figure = 'courses-completed' and source_key = '{course.CourseId}/{progress.LearnerId}'"), facts => facts.Count == 1, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_facility_that_opens_looks_for_its_trainers_and_a_monitor()
    {
        var openings = await Eventually.BecomesAsync(() => system.Office.GetAsync<Page<Opening>>($"/api/volunteer/openings?facilityId={_school.Facility}"),
            page => page.Items.Count(o => o.Cause.StartsWith("opened", StringComparison.Ordinal)) == 3, TimeSpan.FromMinutes(1));
        Assert.Equal([("Monitor", "opened"), ("Trainer", "opened:hi"), ("Trainer", "opened:ne")],
            openings.Items.Where(o => o.Cause.StartsWith("opened", StringComparison.Ordinal)).Select(o => (o.Role, o.Cause)).Order());
    }

    [Fact]
    public async Task Somebody_who_is_not_certified_is_offered_no_place_as_trainer()
    {
        var volunteer = await system.Staff.HireAsync(Roles.Volunteer);
        var id = await volunteer.ApplyAsVolunteerAsync("Not certified");
        await system.Office.ScreenAsync(id);
        var now = DateTimeOffset.UtcNow;
        var opening = await system.Office.PostAsync<VolunteerSteps.Named>("/api/volunteer/openings",
            new { facilityId = _school.Facility, role = "Trainer", starts = now, ends = now.AddDays(10) });

        var answer = await system.Office.TryPostAsync($"/api/volunteer/openings/{opening.Id}/offers",
            new { volunteerId = id, shifts = new[] { new { starts = now.AddDays(1), ends = now.AddDays(1).AddHours(2) } } });

        Assert.Equal((HttpStatusCode.Conflict, "volunteer_not_certified"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_revoked_certificate_says_so_and_a_replayed_revocation_is_answered_alike()
    {
        var volunteer = await system.Staff.HireAsync(Roles.Volunteer);
        var id = await volunteer.ApplyAsVolunteerAsync("Revoked");
        await system.Office.ScreenAsync(id);
        await CertifyAsync(volunteer, id);
        var certificate = await system.Books.OneAsync<Guid>("training", $"select id from certificates where learner_id = '{id}'");
        var (path, key) = ($"/api/training/certificates/{certificate}/revoke", Guid.NewGuid().ToString());

        var first = await _school.Partner.TryPostAsync(path, new { reason = "issued to somebody else" }, key);
        var second = await _school.Partner.TryPostAsync(path, new { reason = "issued to somebody else" }, key);

        Assert.Equal((HttpStatusCode.NoContent, false), (first.Status, first.IsReplay));
        Assert.Equal((HttpStatusCode.NoContent, true), (second.Status, second.IsReplay));
        using var stranger = system.Stranger();
        Assert.Equal("certificate_revoked", (await stranger.GetAsync<JsonElement>($"{Certificates}/{certificate}")).GetProperty("code").GetString());
    }

    private async Task CertifyAsync(Person volunteer, Guid id)
    {
        var course = await _school.Partner.WriteDownCourseAsync("The training partner's hall");
        await _school.Partner.MarkAsync(course.Id, $"{id}");
        await _school.Partner.DeliverAsync(course.Id);
        await volunteer.PassAsync(_school.Quizzes);
        await volunteer.CertifiedAsync();
    }

    /// <summary>The volunteer's own session, an hour that ends now, once Training has heard of the assignment.</summary>
    private async Task<Guid> PlanAsync(Guid trainer)
    {
        var starts = DateTimeOffset.UtcNow.AddMinutes(-60);
        var answer = await Eventually.BecomesAsync(() => _school.Partner.TryPostAsync("/api/training/sessions", new
        {
            topic = "labour-rights",
            audience = "Workers",
            language = "hi",
            facilityId = _school.Facility,
            trainerId = trainer,
            starts,
            ends = starts.AddMinutes(60),
            seats = 10,
        }), answer => answer.IsDone || answer.Code != "trainer_not_assigned", TimeSpan.FromMinutes(1));
        return answer.Read<TrainingSteps.Session>().Id;
    }

    private async Task IsVerifiedByAnybodyAsync(Guid certificate)
    {
        using var stranger = system.Stranger();
        var signed = await stranger.GetStringAsync($"{Certificates}/{certificate}.jws");
        using var answer = await stranger.PostAsync($"{Certificates}/verify", new StringContent(signed, Encoding.ASCII, "text/plain"));
        Assert.Equal("certificate_valid", (await answer.ReadAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private sealed record Opening(string Role, string Cause);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
