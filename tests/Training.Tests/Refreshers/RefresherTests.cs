using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Refreshers;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Tests.Refreshers;

public class RefresherTests(TrainingApp training)
{
    private static object Session(double starts, int seats = 10) => new { language = "ne", starts = Site.In(starts), ends = Site.In(starts + 1), seats, byTrainingPartner = true };

    private static async Task<RefresherView> OnlyAsync(Site site) =>
        (await site.Partner.GetAsync<Page<RefresherView>>($"/api/training/refreshers?facilityId={site.Id}")).Items.Single();

    [Fact]
    public async Task A_refresher_asked_for_twice_is_proposed_once_and_becomes_a_session_once()
    {
        var site = await Site.OpenAsync(training);
        var needed = new RefresherNeeded(Guid.NewGuid(), site.Id, Site.Money, 37, Site.In(-1));
        await training.DeliverAsync(needed, times: 2);
        await training.DeliverAsync(needed); // and once more as another message

        var proposal = await OnlyAsync(site);
        Assert.Equal((site.Code, Site.Money, 37, RefresherState.Proposed), (proposal.FacilityCode, proposal.Topic, proposal.Workers, proposal.State));

        await site.Partner.PostAsync($"/api/training/refreshers/{proposal.Id}/accept", Session(24, seats: 11)).RefusesAsync(HttpStatusCode.Conflict, "too_many_seats");
        Assert.Equal(RefresherState.Proposed, (await OnlyAsync(site)).State);

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(day => site.Partner.PostAsync($"/api/training/refreshers/{proposal.Id}/accept", Session(24 * day))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK)) await Task.FromResult(refused).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        var session = (await site.Partner.GetAsync<Page<SessionView>>($"/api/training/sessions?facilityId={site.Id}")).Items.Single();
        Assert.Equal((session.Id, Site.Money, "ne"), ((await OnlyAsync(site)).SessionId!.Value, session.Topic, session.Language));
    }

    [Fact]
    public async Task A_refresher_is_dismissed_with_a_reason_by_the_training_partner_only()
    {
        var site = await Site.OpenAsync(training);
        await training.DeliverAsync(new RefresherNeeded(Guid.NewGuid(), site.Id, Site.Basics, 12, Site.In(-1)));
        var path = $"/api/training/refreshers/{(await OnlyAsync(site)).Id}";

        await training.As(Roles.ProgrammeOffice).PostAsync(path + "/dismiss", new { why = "closing soon" }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await training.As(Roles.Volunteer).GetAsync("/api/training/refreshers").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await site.Partner.PostAsync(path + "/dismiss", new { why = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        Assert.Equal("closing soon", (await site.Partner.PostAsync<RefresherView>(path + "/dismiss", new { why = "closing soon" })).Why);
        await site.Partner.PostAsync(path + "/accept", Session(24)).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await site.Partner.PostAsync($"/api/training/refreshers/{Guid.NewGuid()}/dismiss", new { why = "what?" }).RefusesAsync(HttpStatusCode.NotFound, "refresher_unknown");
    }
}
