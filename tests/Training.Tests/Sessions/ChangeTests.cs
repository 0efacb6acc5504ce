using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Sessions;

public class ChangeTests(TrainingApp training)
{
    private const string Sessions = "/api/training/sessions";

    private static object Change(double starts, int seats = 8, Trainer? trainer = null) => new
    {
        language = "ne",
        starts = Site.In(starts),
        ends = Site.In(starts + 1),
        seats,
        trainerId = trainer?.Id,
        byTrainingPartner = trainer is null,
    };

    [Fact]
    public async Task A_session_is_moved_by_who_has_seen_it_and_calendars_are_told()
    {
        var site = await Site.OpenAsync(training);
        var session = await site.PlanAsync(24);
        var path = $"{Sessions}/{session.Id}";
        var etag = (await site.Partner.GetAsync(path)).Headers.ETag!.Tag;

        await site.Partner.PutAsync(path, Change(30), null).RefusesAsync((HttpStatusCode)428, "if_match_required");
        await site.Partner.PutAsync(path, Change(30), "\"1\"").RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        var moved = await (await site.Partner.PutAsync(path, Change(24.5), etag)).ReadAsync<SessionView>(); // overlaps only itself
        Assert.Equal((Site.In(24.5), "ne", 8, 1), (moved.Starts, moved.Language, moved.Seats, moved.Sequence));
        await site.Partner.PutAsync(path, Change(30), etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task A_session_is_not_moved_to_where_another_is_nor_into_the_past()
    {
        var site = await Site.OpenAsync(training);
        await site.PlanAsync(40);
        var session = await site.PlanAsync(24);
        var path = $"{Sessions}/{session.Id}";

        await site.Partner.PutAsync(path, Change(39.5), "*").RefusesAsync(HttpStatusCode.Conflict, "room_taken");
        await site.Partner.PutAsync(path, Change(-1), "*").RefusesAsync(HttpStatusCode.Conflict, "session_begun");
        await site.Partner.PutAsync(path, Change(30, seats: 11), "*").RefusesAsync(HttpStatusCode.Conflict, "too_many_seats");
        Assert.Equal(session, await site.Partner.GetAsync<SessionView>(path));
    }

    [Fact]
    public async Task When_an_assignment_ends_its_sessions_to_come_need_another_trainer()
    {
        var site = await Site.OpenAsync(training);
        var (gone, next) = (await site.TrainerAsync(), await site.TrainerAsync());
        var (running, tomorrow) = (await site.PlanAsync(-0.5, 1, trainer: gone), await site.PlanAsync(24, trainer: gone));

        await training.DeliverAsync(new AssignmentEnded(gone.AssignmentId, gone.Id, gone.Account, site.Id, AssignmentRoles.Trainer, Site.In(0)), times: 2);

        Assert.Equal((SessionState.Planned, gone.Id), await ReadAsync(running));
        Assert.Equal((SessionState.NeedsTrainer, null), await ReadAsync(tomorrow));
        await site.TryPlanAsync(site.Session(48, trainer: gone)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");

        await (await site.Partner.PutAsync($"{Sessions}/{tomorrow.Id}", Change(24, trainer: next), "*")).ReadAsync<SessionView>();
        Assert.Equal((SessionState.Planned, next.Id), await ReadAsync(tomorrow));

        async Task<(SessionState, Guid?)> ReadAsync(SessionView session)
        {
            var now = await site.Partner.GetAsync<SessionView>($"{Sessions}/{session.Id}");
            return (now.State, now.TrainerId);
        }
    }

    [Fact]
    public async Task An_assignment_that_ended_before_it_was_heard_of_assigns_nobody()
    {
        var site = await Site.OpenAsync(training);
        var trainer = new Trainer(Guid.NewGuid(), $"volunteer-{Guid.NewGuid():n}", Guid.NewGuid(), training);

        await training.DeliverAsync(new AssignmentEnded(trainer.AssignmentId, trainer.Id, trainer.Account, site.Id, AssignmentRoles.Trainer, Site.In(0)));
        await site.AssignAsync(trainer);
        await training.DeliverAsync(new AssignmentEnded(Guid.NewGuid(), trainer.Id, trainer.Account, site.Id, AssignmentRoles.Monitor, Site.In(0))); // none of ours

        await site.TryPlanAsync(site.Session(trainer: trainer)).RefusesAsync(HttpStatusCode.Conflict, "trainer_not_assigned");
    }

    [Fact]
    public async Task A_session_without_a_trainer_is_not_closed_before_it_is_said_who_taught()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var session = await site.PlanAsync(-2, 1, byPartner: false);
        Assert.Equal(SessionState.NeedsTrainer, session.State);
        await site.Partner.PostAsync($"{Sessions}/{session.Id}/deliver", new { }).RefusesAsync(HttpStatusCode.Conflict, "session_needs_trainer");

        await (await site.Partner.PutAsync($"{Sessions}/{session.Id}", Change(-2, trainer: trainer), "*")).ReadAsync<SessionView>();
        Assert.Equal(SessionState.Delivered, (await trainer.Client.PostAsync<SessionView>($"{Sessions}/{session.Id}/deliver")).State);
    }

    [Fact]
    public async Task What_is_called_off_or_closed_changes_no_more()
    {
        var site = await Site.OpenAsync(training);
        var (off, held, tomorrow) = (await site.PlanAsync(24), await site.PlanAsync(-2, 1), await site.PlanAsync(48));
        await site.Partner.PostAsync<SessionView>($"{Sessions}/{off.Id}/cancel", new { why = "Ramadan hours" });
        await site.Partner.PostAsync<SessionView>($"{Sessions}/{held.Id}/deliver");

        foreach (var session in new[] { off, held })
        {
            await site.Partner.PostAsync($"{Sessions}/{session.Id}/cancel", new { why = "again" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
            await site.Partner.PostAsync($"{Sessions}/{session.Id}/deliver", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
            await site.Partner.PutAsync($"{Sessions}/{session.Id}", Change(60), "*").RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        }
        await site.Partner.PostAsync($"{Sessions}/{tomorrow.Id}/deliver", new { }).RefusesAsync(HttpStatusCode.Conflict, "session_not_begun");
        await site.Partner.PostAsync($"{Sessions}/{tomorrow.Id}/cancel", new { why = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await site.Partner.PostAsync($"{Sessions}/{Guid.NewGuid()}/cancel", new { why = "what?" }).RefusesAsync(HttpStatusCode.NotFound, "session_unknown");
    }
}
