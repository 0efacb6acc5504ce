using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Sessions;

public class RosterTests(TrainingApp training)
{
    private static string Roster(SessionView session) => $"/api/training/sessions/{session.Id}/roster";

    private static Task<List<EnrollmentResult>> EnrollAsync(HttpClient client, SessionView session, params IEnumerable<string> learners) =>
        client.PostAsync<List<EnrollmentResult>>(Roster(session), new { learners });

    private static async Task<IEnumerable<string>> SeatedAsync(Site site, SessionView session) =>
        (await site.Partner.GetAsync<Page<RosterRow>>(Roster(session))).Items.Where(r => r.Seated).Select(r => r.Card!);

    [Fact]
    public async Task The_first_have_a_seat_the_others_wait_and_move_up_when_somebody_leaves()
    {
        var site = await Site.OpenAsync(training);
        string[] cards = [.. (await site.WorkersAsync(5)).Select(w => w.Code)];
        var session = await site.PlanAsync(seats: 3);

        var results = await EnrollAsync(site.Partner, session, cards);
        Assert.Equal([(1, true), (2, true), (3, true), (4, false), (5, false)], results.Select(r => (r.Place!.Value, r.Seated)));

        await site.Partner.PostAsync<Page<RosterRow>>(Roster(session) + "/leave", new { learner = cards[1] });
        Assert.Equal([cards[0], cards[2], cards[3]], await SeatedAsync(site, session));
        Assert.Equal((5, false), (await EnrollAsync(site.Partner, session, cards[1])).Select(r => (r.Place!.Value, r.Seated)).Single()); // who comes back is last
        Assert.Equal((3, true), (await EnrollAsync(site.Partner, session, cards[3].ToLowerInvariant())).Select(r => (r.Place!.Value, r.Seated)).Single()); // who is there keeps its place
        Assert.Equal(5, (await site.Partner.GetAsync<SessionView>($"/api/training/sessions/{session.Id}")).Enrolled);
    }

    [Fact]
    public async Task A_worker_leaves_by_id_as_well_as_by_card()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync();
        await EnrollAsync(site.Partner, session, worker.Code);
        Assert.Empty((await site.Partner.PostAsync<Page<RosterRow>>(Roster(session) + "/leave", new { learner = worker.WorkerId })).Items);
    }

    [Fact]
    public async Task When_computers_fail_the_last_to_come_wait_again_until_they_work()
    {
        var site = await Site.OpenAsync(training, computers: 3);
        string[] cards = [.. (await site.WorkersAsync(3)).Select(w => w.Code)];
        var session = await site.PlanAsync(seats: 3);
        await EnrollAsync(site.Partner, session, cards);

        await training.DeliverAsync(new DeviceFailed("BC-000001-X", site.Id, null, Site.In(-1)));
        Assert.Equal(cards[..2], await SeatedAsync(site, session));

        await training.DeliverAsync(new DeviceReplaced("BC-000001-X", "BC-000002-Y", site.Id, Site.In(-0.5)));
        Assert.Equal(cards, await SeatedAsync(site, session));
    }

    [Fact]
    public async Task Of_thirty_who_come_at_once_ten_are_told_that_they_have_a_seat()
    {
        var site = await Site.OpenAsync(training);
        var workers = await site.WorkersAsync(30);
        var session = await site.PlanAsync(seats: 10);

        var results = await Task.WhenAll(workers.SelectMany(w => new[] { w, w }).Select(async w => (await EnrollAsync(site.Partner, session, w.Code)).Single()));

        var places = results.DistinctBy(r => r.Learner).ToList();
        Assert.Equal(Enumerable.Range(1, 30), places.Select(r => r.Place!.Value).Order());
        Assert.Equal(10, places.Count(r => r.Seated));
        Assert.All(results.GroupBy(r => r.Learner), twice => Assert.Single(twice.Select(r => r.Place).Distinct()));
    }

    [Fact]
    public async Task A_trainer_enrolls_the_workers_of_its_facility_and_the_training_partner_guests_too()
    {
        var (site, other) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var trainer = await site.TrainerAsync();
        var (own, guest) = ((await site.WorkersAsync(1))[0], (await other.WorkersAsync(1))[0]);
        var session = await site.PlanAsync(trainer: trainer);

        var results = await EnrollAsync(trainer.Client, session, own.Code, guest.Code, "W-nobody", own.WorkerId.ToString(), trainer.Id.ToString());

        Assert.Equal([null, "card_unknown", "card_unknown", null, "card_unknown"], results.Select(r => r.Code));
        Assert.Equal([null, "learner_not_of_audience"], (await EnrollAsync(site.Partner, session, guest.Code, trainer.Id.ToString())).Select(r => r.Code));
    }

    [Fact]
    public async Task Volunteers_are_taught_elsewhere_and_see_what_they_are_enrolled_in()
    {
        var (id, account) = (Guid.NewGuid(), $"volunteer-{Guid.NewGuid():n}");
        await training.DeliverAsync(new VolunteerScreened(id, account, ["en"], Site.In(-1)));
        var partner = training.As(Roles.TrainingPartner);
        var session = await partner.PostAsync<SessionView>("/api/training/sessions", new
        {
            topic = ProgrammeSettings.TeachingAdults,
            audience = "Volunteers",
            language = "en",
            venue = "Education City, room 4",
            starts = Site.In(24),
            ends = Site.In(28),
            seats = 25,
        });
        Assert.Equal((SessionState.Planned, null), (session.State, session.TrainerId));

        Assert.Equal(1, (await EnrollAsync(partner, session, id.ToString())).Single().Place);

        Assert.Equal([session.Id], (await training.As(Roles.Volunteer, subject: account).GetAsync<Page<SessionView>>("/api/training/sessions")).Items.Select(s => s.Id));
    }

    [Fact]
    public async Task Single_people_are_for_the_trainer_and_the_training_partner_only()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var session = await site.PlanAsync(trainer: trainer);
        await EnrollAsync(trainer.Client, session, (await site.WorkersAsync(1))[0].Code);

        foreach (var client in new[] { training.As(Roles.Employer, site.Employer), training.As(Roles.ProgrammeOffice), training.WithScope("training.read") })
        {
            Assert.Equal(1, (await client.GetAsync<SessionView>($"/api/training/sessions/{session.Id}")).Enrolled);
            await client.GetAsync(Roster(session)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task What_makes_no_sense_for_a_roster_is_refused()
    {
        var site = await Site.OpenAsync(training);
        var worker = (await site.WorkersAsync(1))[0];
        var session = await site.PlanAsync();

        await site.Partner.PostAsync(Roster(session), new { learners = Array.Empty<string>() }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await site.Partner.PostAsync(Roster(session), new { learners = new string?[] { null } }).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
        await site.Partner.PostAsync(Roster(session) + "/leave", new { learner = worker.Code }).RefusesAsync(HttpStatusCode.NotFound, "not_on_roster");
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{session.Id}/cancel", new { why = "holiday" });
        await site.Partner.PostAsync(Roster(session), new { learners = new[] { worker.Code } }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }
}
