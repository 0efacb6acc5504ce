using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Webhooks;
using BetterConnections.Messaging;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Evaluation.Tests.Webhooks;

public class WebhookTests(WebhooksApp evaluation) : IClassFixture<WebhooksApp>, IAsyncLifetime
{
    private const string Path = WebhooksApp.Path;
    private readonly HttpClient _partner = evaluation.WithScope("evaluation.webhooks");
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        await evaluation.InDbAsync(db => db.WebhookEndpoints.ExecuteDeleteAsync()); // other tests' endpoints would want these events too
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private FacilitySuspended Something() => new(Guid.NewGuid(), "water", evaluation.Clock.GetUtcNow());

    private async Task<EndpointView> SubscribedAsync() => await evaluation.SubscribeAsync(_partner, _receiver.Url, "facility.suspended");

    private async Task<DeliveryView> OnlyDeliveryAsync(EndpointView endpoint) => Assert.Single(await WebhooksApp.LogAsync(_partner, endpoint));

    [Fact]
    public async Task An_event_is_delivered_signed_and_once_though_it_comes_twice()
    {
        var endpoint = await SubscribedAsync();
        var happened = Something();
        await evaluation.DeliverAsync(happened, times: 2);
        await evaluation.DeliverDueAsync();
        await evaluation.DeliverDueAsync();

        var received = Assert.Single(_receiver.Inbox);
        Assert.True(received.IsSignedWith(await WebhooksApp.SecretAsync(_partner, endpoint)));
        Assert.Equal(("facility.suspended", happened.FacilityId), (received.Type, received.Data.GetProperty("facilityId").GetGuid()));
        var delivery = await OnlyDeliveryAsync(endpoint);
        Assert.Equal((DeliveryState.Delivered, 1, 204, received.Id), (delivery.State, delivery.Attempts, delivery.LastStatus!.Value, delivery.WebhookId));
    }

    [Fact]
    public async Task Every_event_of_the_contracts_is_offered_and_names_no_account_and_no_worker()
    {
        var events = evaluation.Services.GetRequiredService<EventTypes>().All.ToList();
        var types = await _partner.GetAsync<List<string>>($"{Path}/types");
        Assert.Equal(events.Select(WebhookTypes.NameOf).Append(WebhookTypes.Ping).Order(), types);
        Assert.Contains("facility.opened", types);

        var endpoint = await evaluation.SubscribeAsync(_partner, _receiver.Url);
        await evaluation.DeliverAsync(new WorkersJoined(Guid.NewGuid(), [new(Guid.NewGuid(), "W-000123", ["ne"]), new(Guid.NewGuid(), "W-000124", ["ne"])], evaluation.Clock.GetUtcNow()));
        await evaluation.DeliverAsync(new VolunteerScreened(Guid.NewGuid(), "account-7", ["en"], evaluation.Clock.GetUtcNow(), "V-000007"));
        await evaluation.DeliverDueAsync();
        Assert.Equal(2, _receiver.Inbox.Count);
        Assert.Equal(2, _receiver.Inbox.Single(r => r.Type == "workers.joined").Data.GetProperty("workers").GetInt32());
        Assert.DoesNotContain(_receiver.Inbox, r => r.Body.Contains("W-0001") || r.Body.Contains("account-7") || r.Body.Contains("V-000007"));
    }

    [Fact]
    public async Task A_failed_delivery_comes_again_after_five_seconds_and_five_minutes_under_the_same_id()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(500).Answering(302, "Location", "https://example.org");
        await evaluation.DeliverAsync(Something());

        await evaluation.DeliverDueAsync();
        Assert.Equal((DeliveryState.Pending, 1, 500), ((await OnlyDeliveryAsync(endpoint)).State, (await OnlyDeliveryAsync(endpoint)).Attempts, (await OnlyDeliveryAsync(endpoint)).LastStatus!.Value));
        await evaluation.DeliverDueAsync();
        Assert.Single(_receiver.Inbox); // not yet
        evaluation.Clock.Advance(TimeSpan.FromSeconds(6));
        await evaluation.DeliverDueAsync();
        Assert.Equal(302, (await OnlyDeliveryAsync(endpoint)).LastStatus); // a redirect is not followed and is no success
        evaluation.Clock.Advance(TimeSpan.FromMinutes(6));
        await evaluation.DeliverDueAsync();

        Assert.Equal(DeliveryState.Delivered, (await OnlyDeliveryAsync(endpoint)).State);
        Assert.Equal(3, _receiver.Inbox.Count);
        Assert.Single(_receiver.Inbox.Select(r => r.Id).Distinct());
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(503, "Retry-After", "3600");
        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();

        evaluation.Clock.Advance(TimeSpan.FromMinutes(55));
        await evaluation.DeliverDueAsync();
        Assert.Single(_receiver.Inbox);
        evaluation.Clock.Advance(TimeSpan.FromMinutes(6));
        await evaluation.DeliverDueAsync();
        Assert.Equal(DeliveryState.Delivered, (await OnlyDeliveryAsync(endpoint)).State);
    }

    [Fact]
    public async Task Gone_switches_the_endpoint_off_and_abandons_what_waits_until_it_is_replayed()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(500).Answering(410);
        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();
        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();
        Assert.Equal(EndpointState.Gone, (await evaluation.EndpointAsync(endpoint)).State);
        var log = await WebhooksApp.LogAsync(_partner, endpoint);
        Assert.Equal([(DeliveryState.Abandoned, 410, null), (DeliveryState.Abandoned, 500, null)], log.Select(d => (d.State, d.LastStatus, d.NextAttemptAt)));

        evaluation.Clock.Advance(TimeSpan.FromHours(1));
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/enable");
        await evaluation.DeliverDueAsync();
        Assert.Equal(2, _receiver.Inbox.Count);
        Assert.Equal(2, (await _partner.PostAsync<ReplayView>($"{Path}/{endpoint.Id}/replay", new { since = log[^1].At })).Deliveries);
        await evaluation.DeliverDueAsync();
        Assert.All(await WebhooksApp.LogAsync(_partner, endpoint), d => Assert.Equal(DeliveryState.Delivered, d.State));
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up_visibly_and_can_be_replayed()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(500, times: 10);
        await evaluation.DeliverAsync(Something());
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await evaluation.DeliverDueAsync();
            evaluation.Clock.Advance(TimeSpan.FromHours(27));
            // Five days without a success switch an endpoint off; this partner insists.
            if ((await evaluation.EndpointAsync(endpoint)).State == EndpointState.Failing) await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/enable");
        }
        var given = await OnlyDeliveryAsync(endpoint);
        Assert.Equal((DeliveryState.Exhausted, 10, null), (given.State, given.Attempts, given.NextAttemptAt));

        Assert.Equal(1, (await _partner.PostAsync<ReplayView>($"{Path}/{endpoint.Id}/deliveries/{given.Number}/replay")).Deliveries);
        await evaluation.DeliverDueAsync();
        Assert.Equal(DeliveryState.Delivered, (await OnlyDeliveryAsync(endpoint)).State);
        Assert.Single(_receiver.Inbox.Select(r => r.Id).Distinct());
        Assert.Equal(1, (await _partner.PostAsync<ReplayView>($"{Path}/{endpoint.Id}/replay", new { since = given.At })).Deliveries);
        await _partner.PostAsync($"{Path}/{endpoint.Id}/deliveries/0/replay", new { }).RefusesAsync(HttpStatusCode.NotFound, "delivery_unknown");
    }

    [Fact]
    public async Task An_endpoint_without_a_success_for_five_days_is_not_tried_any_more_and_gets_what_happened_since_when_it_is_enabled()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(500, times: 100);
        await evaluation.DeliverAsync(Something());
        for (var day = 0; day < 7; day++)
        {
            await evaluation.DeliverDueAsync();
            evaluation.Clock.Advance(TimeSpan.FromHours(27));
        }
        Assert.Equal((EndpointState.Failing, "Nothing succeeded for 5 days."), ((await evaluation.EndpointAsync(endpoint)).State, (await evaluation.EndpointAsync(endpoint)).Why));

        var since = Something();
        await evaluation.DeliverAsync(since);
        await evaluation.DeliverDueAsync();
        await _receiver.DisposeAsync();
        _receiver = await Receiver.StartAsync();
        var etag = (await _partner.GetAsync($"{Path}/{endpoint.Id}")).Headers.ETag!.Tag;
        await _partner.PutAsync($"{Path}/{endpoint.Id}", new { url = _receiver.Url, types = new[] { "facility.suspended" } }, etag);
        Assert.Empty(_receiver.Inbox);
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/enable");
        await evaluation.DeliverDueAsync();
        Assert.Contains(_receiver.Inbox, r => r.Data.GetProperty("facilityId").GetGuid() == since.FacilityId);
    }

    [Fact]
    public async Task What_happens_while_its_owner_has_it_off_is_not_kept_and_what_was_sent_before_can_be_sent_again()
    {
        var endpoint = await SubscribedAsync();
        var (before, meanwhile, since) = (Something(), Something(), evaluation.Clock.GetUtcNow());
        await evaluation.DeliverAsync(before);
        await evaluation.DeliverDueAsync();
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/disable");
        await evaluation.DeliverAsync(meanwhile);
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/enable");

        Assert.Equal(1, (await _partner.PostAsync<ReplayView>($"{Path}/{endpoint.Id}/replay", new { since })).Deliveries);
        await evaluation.DeliverDueAsync();
        Assert.Equal([before.FacilityId, before.FacilityId], _receiver.Inbox.Select(r => r.Data.GetProperty("facilityId").GetGuid()));
    }

    [Fact]
    public async Task What_waits_for_an_endpoint_that_is_off_is_kept_for_thirty_days()
    {
        var endpoint = await SubscribedAsync();
        _receiver.Answering(500);
        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/disable");
        evaluation.Clock.Advance(TimeSpan.FromDays(29));
        await evaluation.ForgetOldAsync();
        Assert.Equal(DeliveryState.Pending, (await OnlyDeliveryAsync(endpoint)).State);
        evaluation.Clock.Advance(TimeSpan.FromDays(2));
        await evaluation.ForgetOldAsync();
        Assert.Empty(await WebhooksApp.LogAsync(_partner, endpoint));
    }

    [Fact]
    public async Task After_a_rotation_the_former_secret_signs_for_a_day_beside_the_new_one()
    {
        var endpoint = await SubscribedAsync();
        var former = await WebhooksApp.SecretAsync(_partner, endpoint);
        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/rotate-secret");
        var newer = await WebhooksApp.SecretAsync(_partner, endpoint);
        Assert.NotEqual(former, newer);

        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();
        evaluation.Clock.Advance(TimeSpan.FromHours(25));
        await evaluation.DeliverAsync(Something());
        await evaluation.DeliverDueAsync();

        Assert.Equal([(true, true), (false, true)], _receiver.Inbox.Select(r => (r.IsSignedWith(former), r.IsSignedWith(newer))));
    }

    [Fact]
    public async Task A_slow_partner_holds_up_nobody_and_two_loops_deliver_each_event_once()
    {
        await using var slow = await Receiver.StartAsync();
        var held = new TaskCompletionSource();
        slow.Answers.Enqueue(async _ => await held.Task);
        var (slowEndpoint, endpoint) = (await evaluation.SubscribeAsync(_partner, slow.Url), await SubscribedAsync());
        for (var i = 0; i < 20; i++) await evaluation.DeliverAsync(Something());

        var loops = Task.WhenAll(evaluation.DeliverDueAsync(), evaluation.DeliverDueAsync());
        await Eventually.BecomesAsync(() => WebhooksApp.LogAsync(_partner, endpoint), log => log.All(d => d.State == DeliveryState.Delivered));
        Assert.Contains(await WebhooksApp.LogAsync(_partner, slowEndpoint), d => d.State == DeliveryState.Pending);
        held.SetResult();
        await loops;

        Assert.Equal(20, _receiver.Inbox.Count);
        Assert.Equal(20, _receiver.Inbox.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_ping_tries_an_endpoint_and_one_that_is_off_is_not_tried()
    {
        var endpoint = await SubscribedAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await _partner.PostAsync($"{Path}/{endpoint.Id}/ping", new { })).StatusCode);
        await evaluation.DeliverDueAsync();
        Assert.Equal("webhook.ping", Assert.Single(_receiver.Inbox).Type);

        await _partner.PostAsync<EndpointView>($"{Path}/{endpoint.Id}/disable");
        await _partner.PostAsync($"{Path}/{endpoint.Id}/ping", new { }).RefusesAsync(HttpStatusCode.Conflict, "webhook_not_active");
    }

    [Fact]
    public async Task Others_endpoints_are_not_there_and_who_is_no_partner_is_refused()
    {
        var endpoint = await SubscribedAsync();
        var stranger = evaluation.WithScope("evaluation.webhooks");
        await stranger.GetAsync($"{Path}/{endpoint.Id}").RefusesAsync(HttpStatusCode.NotFound, "webhook_unknown");
        await stranger.GetAsync($"{Path}/{endpoint.Id}/secret").RefusesAsync(HttpStatusCode.NotFound, "webhook_unknown");
        await stranger.DeleteAsync($"{Path}/{endpoint.Id}").RefusesAsync(HttpStatusCode.NotFound, "webhook_unknown");
        Assert.Empty((await stranger.GetAsync<Postgres.Page<EndpointView>>(Path)).Items);
        await evaluation.WithScope("evaluation.read").GetAsync(Path).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await evaluation.As(Roles.Employer).PostAsync(Path, new { url = _receiver.Url }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains((await evaluation.As(Roles.ProgrammeOffice).GetAsync<Postgres.Page<EndpointView>>(Path)).Items, e => e.Id == endpoint.Id);

        Assert.Equal(HttpStatusCode.NoContent, (await _partner.DeleteAsync($"{Path}/{endpoint.Id}")).StatusCode);
        await _partner.GetAsync($"{Path}/{endpoint.Id}").RefusesAsync(HttpStatusCode.NotFound, "webhook_unknown");
    }

    [Fact]
    public async Task An_endpoint_is_changed_only_by_who_has_seen_its_latest_state()
    {
        var endpoint = await SubscribedAsync();
        var path = $"{Path}/{endpoint.Id}";
        await _partner.PutAsync(path, new { url = _receiver.Url }, null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        var etag = (await _partner.GetAsync(path)).Headers.ETag!.Tag;
        Assert.Equal(["kit.delivered"], (await (await _partner.PutAsync(path, new { url = _receiver.Url, types = new[] { "kit.delivered" } }, etag)).ReadAsync<EndpointView>()).Types);
        await _partner.PutAsync(path, new { url = _receiver.Url }, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Theory]
    [InlineData("not an address", "webhook_url_not_valid")]
    [InlineData("ftp://example.org/x", "webhook_url_not_valid")]
    [InlineData("https://user:secret@example.org/x", "webhook_url_not_valid")]
    public async Task A_bad_address_is_refused(string url, string code) =>
        await _partner.PostAsync(Path, new { url }).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task An_unknown_type_is_refused() =>
        await _partner.PostAsync(Path, new { url = _receiver.Url, types = new[] { "facility.painted" } }).RefusesAsync(HttpStatusCode.BadRequest, "webhook_type_unknown");

    [Fact]
    public async Task The_secret_lies_sealed_in_the_database()
    {
        var endpoint = await SubscribedAsync();
        var plain = Convert.FromBase64String((await WebhooksApp.SecretAsync(_partner, endpoint))["whsec_".Length..]);
        Assert.Equal(32, plain.Length);
        Assert.Equal(-1, (await evaluation.EndpointAsync(endpoint)).Secret.AsSpan().IndexOf(plain));
    }
}
