using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Facilities;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Sessions;

public class PlanTests(TrainingApp training)
{
    private const string Sessions = "/api/training/sessions";

    [Fact]
    public async Task A_session_with_a_certified_trainer_stands_in_the_timetable()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();

        var session = await site.PlanAsync(trainer: trainer, byPartner: false);

        Assert.Equal((SessionState.Planned, trainer.Id, site.Code, 10), (session.State, session.TrainerId, session.FacilityCode, session.WorkingComputers));
        foreach (var filter in new[] { $"facilityId={site.Id}", $"zone={site.Zone}", $"trainerId={trainer.Id}" })
            Assert.Equal([session], (await site.Partner.GetAsync<Page<SessionView>>($"{Sessions}?{filter}&state=Planned&from={Site.In(0):yyyy-MM-ddTHH:mm:ssZ}")).Items);
        Assert.Equal([session], (await trainer.Client.GetAsync<Page<SessionView>>(Sessions)).Items);
        Assert.Equal([session with { TrainerId = null }], (await training.As(Roles.Employer, site.Employer).GetAsync<Page<SessionView>>(Sessions)).Items);
    }

    [Fact]
    public async Task Nobody_plans_or_reads_sessions_without_the_role()
    {
        var site = await Site.OpenAsync(training);
        var (trainer, stranger) = (await site.TrainerAsync(), await (await Site.OpenAsync(training)).TrainerAsync());
        var session = await site.PlanAsync(trainer: trainer);

        await training.Anonymous().PostAsync(Sessions, site.Session(48)).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await trainer.Client.PostAsync(Sessions, site.Session(48)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Employer, site.Employer).PostAsync($"{Sessions}/{session.Id}/cancel", new { why = "too loud" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.WithScope("training.read").PostAsync(Sessions, site.Session(48)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Donor, Guid.NewGuid()).GetAsync(Sessions).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");

        await stranger.Client.GetAsync($"{Sessions}/{session.Id}").RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await training.As(Roles.Employer, Guid.NewGuid()).GetAsync($"{Sessions}/{session.Id}").RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await stranger.Client.PostAsync($"{Sessions}/{session.Id}/deliver", new { }).RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
        await stranger.Client.GetAsync($"{Sessions}/{session.Id}/roster").RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
    }

    [Theory]
    [InlineData("topic", "\"cooking\"", "topic_unknown")]
    [InlineData("language", "\"xx\"", "language_unknown")]
    [InlineData("seats", "0", "validation_failed")]
    [InlineData("starts", "null", "validation_failed")]
    [InlineData("audience", "null", "validation_failed")]
    [InlineData("audience", "\"Pupils\"", "request_not_readable")]
    [InlineData("ends", "\"2030-01-01T00:00:00Z\"", "session_length_not_valid")]
    [InlineData("venue", "\"Town hall\"", "place_not_valid")]
    [InlineData("facilityId", "null", "place_not_valid")]
    [InlineData("facilityId", "\"00000000-0000-0000-0000-000000000001\"", "facility_unknown")]
    [InlineData("trainerId", "\"00000000-0000-0000-0000-000000000001\"", "trainer_not_valid")]
    public async Task What_cannot_be_planned_is_a_coded_400(string member, string value, string code)
    {
        var site = await Site.OpenAsync(training);
        var request = JsonSerializer.SerializeToNode(site.Session(), HttpSteps.Json)!.AsObject();
        request[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        await site.TryPlanAsync(request).RefusesAsync(HttpStatusCode.BadRequest, code);
        if (code == "validation_failed")
        {
            request["weeks"] = 3;
            await site.Partner.PostAsync($"{Sessions}/series", (object)request).RefusesAsync(HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task What_was_held_long_ago_is_not_written_down_any_more()
    {
        var site = await Site.OpenAsync(training);
        await site.PlanAsync(-29 * 24);
        await site.TryPlanAsync(site.Session(-31 * 24)).RefusesAsync(HttpStatusCode.BadRequest, "starts_too_long_ago");
    }

    [Fact]
    public async Task A_session_or_series_of_a_mistyped_year_is_refused()
    {
        var site = await Site.OpenAsync(training);
        var session = await site.PlanAsync();
        var request = JsonSerializer.SerializeToNode(site.Session(), HttpSteps.Json)!.AsObject();
        var (starts, ends) = ("9999-12-30T20:00:00Z", "9999-12-30T21:00:00Z");
        (request["starts"], request["ends"]) = (starts, ends);

        await site.TryPlanAsync(request).RefusesAsync(HttpStatusCode.BadRequest, "starts_too_far_ahead");
        request["weeks"] = 52;
        await site.Partner.PostAsync($"{Sessions}/series", (object)request).RefusesAsync(HttpStatusCode.BadRequest, "starts_too_far_ahead");
        var etag = (await site.Partner.GetAsync($"{Sessions}/{session.Id}")).Headers.ETag!.Tag;
        await site.Partner.PutAsync($"{Sessions}/{session.Id}", new { language = "hi", starts, ends, seats = 10, byTrainingPartner = true }, etag).RefusesAsync(HttpStatusCode.BadRequest, "starts_too_far_ahead");
    }

    [Fact]
    public async Task Eleven_seats_at_ten_computers_are_refused()
    {
        var site = await Site.OpenAsync(training, computers: 10);
        var problem = await site.TryPlanAsync(site.Session(seats: 11)).RefusesAsync(HttpStatusCode.Conflict, "too_many_seats");
        Assert.Equal(10, problem.GetProperty("workingComputers").GetInt32());
        await site.PlanAsync(seats: 10);
    }

    [Fact]
    public async Task A_trainer_needs_an_assignment_there_at_that_time_and_a_certificate_for_the_topic()
    {
        var (site, elsewhere) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var trainer = await site.TrainerAsync(Site.Basics);

        await elsewhere.TryPlanAsync(elsewhere.Session(trainer: trainer)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");
        await site.TryPlanAsync(site.Session(starts: 61 * 24, trainer: trainer)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");
        await site.TryPlanAsync(site.Session(topic: Site.Money, trainer: trainer)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_certified");
        await site.TryPlanAsync(site.Session(trainer: trainer)).Created();

        Assert.Equal(1, await training.InDbAsync(db => db.Sessions.CountAsync(s => s.FacilityId == site.Id || s.FacilityId == elsewhere.Id)));
    }

    [Fact]
    public async Task A_trainer_teaches_only_in_a_language_it_speaks()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        object In(string language) => new { topic = Site.Basics, audience = "Workers", language, facilityId = site.Id, trainerId = trainer.Id, starts = Site.In(24), ends = Site.In(25), seats = 5 };

        var problem = await site.TryPlanAsync(In("ta")).RefusesAsync(HttpStatusCode.Conflict, "language_not_spoken");
        Assert.Equal(["en", "hi", "ne"], problem.GetProperty("languages").EnumerateArray().Select(l => l.GetString()!));
        var session = await site.Partner.PostAsync<SessionView>(Sessions, In("ne"));
        await site.Partner.PutAsync($"{Sessions}/{session.Id}", new { language = "ta", session.Starts, session.Ends, seats = 5, session.TrainerId }, "*")
            .RefusesAsync(HttpStatusCode.Conflict, "language_not_spoken");
    }

    [Fact]
    public async Task A_session_lies_within_the_trainers_shifts_and_not_just_between_the_first_and_the_last()
    {
        var site = await Site.OpenAsync(training);
        var trainer = new Trainer(Guid.NewGuid(), $"volunteer-{Guid.NewGuid():n}", Guid.NewGuid(), training);
        await training.DeliverAsync(new AssignmentAccepted(trainer.AssignmentId, trainer.Id, trainer.Account, site.Id, AssignmentRoles.Trainer, ["hi"], [Site.Basics],
            Site.In(24), Site.In(24 * 9), Site.In(-1), [new(Site.In(24 * 8), Site.In(24 * 9)), new(Site.In(24), Site.In(26)), new(Site.In(26), Site.In(28))]), times: 2);

        foreach (var starts in new[] { 23.5, 27, 48, 24 * 8 - 1 })
            await site.TryPlanAsync(site.Session(starts, trainer: trainer)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");
        var series = JsonSerializer.SerializeToNode(site.Session(25, trainer: trainer), HttpSteps.Json)!.AsObject();
        series["weeks"] = 3;
        var problem = await site.Partner.PostAsync($"{Sessions}/series", (object)series).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");
        Assert.Equal([Site.In(25 + 2 * 7 * 24)], problem.GetProperty("clashes").EnumerateArray().Select(c => c.GetProperty("starts").GetDateTimeOffset()));

        await site.PlanAsync(25, trainer: trainer); // two shifts without a gap
        var view = Assert.Single((await site.Partner.GetAsync<Page<TrainerView>>($"/api/training/facilities/{site.Id}/trainers")).Items);
        Assert.Equal([new(Site.In(24), Site.In(26)), new(Site.In(26), Site.In(28)), new(Site.In(24 * 8), Site.In(24 * 9))], view.Shifts);
    }

    [Fact]
    public async Task A_room_and_a_trainer_are_taken_once_at_a_time_and_free_the_minute_after()
    {
        var (site, other) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var trainer = await site.TrainerAsync();
        var also = new Trainer(trainer.Id, trainer.Account, Guid.NewGuid(), training);
        await other.AssignAsync(also);
        var first = await site.PlanAsync(24, 2, trainer: trainer);

        var clash = (await site.TryPlanAsync(site.Session(25.5)).RefusesAsync(HttpStatusCode.Conflict, "room_taken")).GetProperty("clashes")[0];
        Assert.Equal(first.Id, clash.GetProperty("with").GetGuid());
        await other.TryPlanAsync(other.Session(23, trainer: also)).RefusesAsync(HttpStatusCode.Conflict, "trainer_taken");
        await site.PlanAsync(26, trainer: trainer);
        await other.PlanAsync(22, trainer: also);

        await site.Partner.PostAsync<SessionView>($"{Sessions}/{first.Id}/cancel", new { why = "holiday" });
        await site.PlanAsync(24.5, 1); // what was called off takes no room
    }

    [Fact]
    public async Task Of_many_who_plan_the_same_room_at_once_one_is_served()
    {
        var site = await Site.OpenAsync(training);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => site.TryPlanAsync(site.Session(24 + i * 0.1))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) await Task.FromResult(refused).RefusesAsync(HttpStatusCode.Conflict, "room_taken");
        Assert.Equal(1, await training.InDbAsync(db => db.Sessions.CountAsync(s => s.FacilityId == site.Id)));
    }

    [Fact]
    public async Task Of_many_facilities_that_plan_the_same_trainer_at_once_one_is_served()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Site.OpenAsync(training)));
        var trainer = await sites[0].TrainerAsync();
        foreach (var site in sites[1..]) await site.AssignAsync(new Trainer(trainer.Id, trainer.Account, Guid.NewGuid(), training));

        var answers = await Task.WhenAll(sites.Select(site => site.TryPlanAsync(site.Session(trainer: trainer))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) await Task.FromResult(refused).RefusesAsync(HttpStatusCode.Conflict, "trainer_taken");
    }

    [Fact]
    public async Task The_database_itself_refuses_two_sessions_in_one_room()
    {
        var site = await Site.OpenAsync(training);
        await site.PlanAsync(24);
        var slot = Slot.Of(Site.In(25), Site.In(26));

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => training.InDbAsync(async db =>
        {
            db.Sessions.Add(Session.Plan(Site.Basics, default, "hi", site.Id, null, slot, 5, Teaching.ByPartner, null, training.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        }));
        Assert.Equal("room_taken", ((Npgsql.PostgresException)refused.InnerException!).ConstraintName);
    }

    [Fact]
    public async Task A_series_is_planned_whole_or_not_at_all_and_says_which_dates_clash()
    {
        var site = await Site.OpenAsync(training);
        await site.PlanAsync(24 + 2 * 7 * 24, 1);
        var series = JsonSerializer.SerializeToNode(site.Session(24), HttpSteps.Json)!.AsObject();
        series["weeks"] = 4;

        var problem = await site.Partner.PostAsync($"{Sessions}/series", (object)series).RefusesAsync(HttpStatusCode.Conflict, "room_taken");
        Assert.Equal([Site.In(24 + 2 * 7 * 24)], problem.GetProperty("clashes").EnumerateArray().Select(c => c.GetProperty("starts").GetDateTimeOffset()));
        Assert.Equal(1, await training.InDbAsync(db => db.Sessions.CountAsync(s => s.FacilityId == site.Id)));

        series["starts"] = JsonSerializer.SerializeToNode(Site.In(27));
        series["ends"] = JsonSerializer.SerializeToNode(Site.In(28));
        var planned = await site.Partner.PostAsync<List<SessionView>>($"{Sessions}/series", series);
        Assert.Equal([0, 7, 14, 21], planned.Select(s => (s.Starts - Site.In(27)).TotalDays));
        Assert.Equal(planned, (await site.Partner.GetAsync<Page<SessionView>>($"{Sessions}?seriesId={planned[0].SeriesId}")).Items);
    }

    [Fact]
    public void A_weekly_session_keeps_its_hour_on_the_wall_when_the_clocks_change()
    {
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        var summer = Slot.Of(new(2026, 10, 20, 18, 0, 0, TimeSpan.FromHours(2)), new(2026, 10, 20, 20, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal(new DateTimeOffset(2026, 10, 27, 18, 0, 0, TimeSpan.FromHours(1)), summer.After(1, rome).Starts);
        Assert.Equal(summer, summer.After(0, rome));
    }
}

internal static class Answers
{
    public static async Task Created(this Task<HttpResponseMessage> sent) => Assert.Equal(HttpStatusCode.Created, (await sent).StatusCode);
}
