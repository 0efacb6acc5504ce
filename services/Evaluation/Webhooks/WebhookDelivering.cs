using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Webhooks;

/// <summary>
/// Delivers what is due. Each endpoint has a task of its own, so one that is slow holds up nobody else. A delivery is taken by
/// putting off when it is due, so replicas share the work and what a dead process had taken is tried again.
/// </summary>
public sealed class WebhookDelivering(IServiceScopeFactory scopes, WebhookSender sender, WebhookSettings settings, TimeProvider clock, ILogger<WebhookDelivering> log)
    : BackgroundService
{
    private const int AtOnce = 8; // for one endpoint
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>What the standard recommends: the wait before the second attempt, the third, and so on.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var running = new Dictionary<Guid, Task>();
        var lastTidied = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Poll);
        do
        {
            try
            {
                foreach (var endpoint in await DueEndpointsAsync(stopping))
                    if (!running.TryGetValue(endpoint, out var task) || task.IsCompleted) running[endpoint] = DeliverToAsync(endpoint, stopping);
                if (clock.GetUtcNow() - lastTidied < TimeSpan.FromHours(1)) continue;
                await ForgetOldAsync(stopping);
                lastTidied = clock.GetUtcNow();
            }
            catch (Exception e) when (e is not OperationCanceledException) // one bad minute must not end the loop, and with it the service
            {
                log.LogWarning(e, "Webhooks that are due could not be read; trying again");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Everything that is due now, once.</summary>
    public async Task DeliverDueAsync(CancellationToken cancel) =>
        await Task.WhenAll((await DueEndpointsAsync(cancel)).Select(endpoint => DeliverToAsync(endpoint, cancel)));

    /// <summary>What is older than <see cref="WebhookSettings.Keep"/>, but for what is still being tried.</summary>
    public async Task ForgetOldAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var old = clock.GetUtcNow() - settings.Keep;
        await db.Set<WebhookMessage>().Where(m => m.At < old && !db.WebhookDeliveries.Any(d => d.MessageId == m.Id && d.State == DeliveryState.Pending
            && db.WebhookEndpoints.Any(e => e.Id == d.EndpointId && e.State == EndpointState.Active))).ExecuteDeleteAsync(cancel);
    }

    private async Task<List<Guid>> DueEndpointsAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var now = clock.GetUtcNow();
        return await db.WebhookEndpoints.Where(e => e.State == EndpointState.Active
            && db.WebhookDeliveries.Any(d => d.EndpointId == e.Id && d.State == DeliveryState.Pending && d.DueAt <= now)).Select(e => e.Id).ToListAsync(cancel);
    }

    private async Task DeliverToAsync(Guid endpointId, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
            var endpoint = await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == endpointId, cancel);
            while (endpoint.State == EndpointState.Active && await TakeDueAsync(db, endpointId, cancel) is { Count: > 0 } due)
            {
                var messages = await db.Set<WebhookMessage>().AsNoTracking().Where(m => due.Select(d => d.MessageId).Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
                var answers = await Task.WhenAll(due.Select(async d => (Delivery: d, Answer: await sender.SendAsync(endpoint, messages[d.MessageId], cancel))));
                foreach (var (delivery, answer) in answers) await RecordAsync(db, delivery, answer, cancel);
                await SettleEndpointAsync(db, endpointId, [.. answers.Select(a => a.Answer)], cancel);
                endpoint = await db.WebhookEndpoints.AsNoTracking().SingleAsync(e => e.Id == endpointId, cancel);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Webhook endpoint {Endpoint} could not be served; its deliveries are due again in a moment", endpointId);
        }
    }

    private async Task<List<WebhookDelivery>> TakeDueAsync(EvaluationDb db, Guid endpoint, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var mine = now + 2 * settings.AnswerWithin;
        return await db.WebhookDeliveries.FromSql($"""
            update webhook_deliveries set attempts = attempts + 1, due_at = {mine}, last_attempt_at = {now}
            where number in (
                select number from webhook_deliveries where endpoint_id = {endpoint} and state = 'Pending' and due_at <= {now}
                order by due_at, number limit {AtOnce} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancel);
    }

    private Task RecordAsync(EvaluationDb db, WebhookDelivery delivery, WebhookAnswer answer, CancellationToken cancel)
    {
        var exhausted = !answer.IsDelivered && delivery.Attempts > Waits.Length;
        var state = answer.IsDelivered ? DeliveryState.Delivered : exhausted ? DeliveryState.Exhausted : DeliveryState.Pending;
        var due = answer.IsDelivered || exhausted ? delivery.DueAt : NextAttempt(delivery.Attempts, answer.RetryAfter);
        if (exhausted) log.LogWarning("Delivery {Delivery} to webhook endpoint {Endpoint} is given up after {Attempts} attempts; it can be replayed", delivery.Number, delivery.EndpointId, delivery.Attempts);
        // Only while it is still ours: somebody may have replayed it, or another process taken it over after a long pause of this one, or abandoned it.
        return db.WebhookDeliveries.Where(d => d.Number == delivery.Number && d.DueAt == delivery.DueAt && (answer.IsDelivered || d.State == DeliveryState.Pending)).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, state).SetProperty(d => d.DueAt, due).SetProperty(d => d.LastStatus, answer.Status).SetProperty(d => d.LastError, answer.Error), cancel);
    }

    /// <summary>The receiver may ask for more time than the schedule gives, but for no more than a day.</summary>
    private DateTimeOffset NextAttempt(int attempts, TimeSpan? retryAfter)
    {
        var wait = Waits[attempts - 1] * (1 + Random.Shared.NextDouble() / 10); // so that those who failed together do not come back together
        var asked = retryAfter > Waits[^1] ? Waits[^1] : retryAfter ?? TimeSpan.Zero;
        return clock.GetUtcNow() + (asked > wait ? asked : wait);
    }

    private async Task SettleEndpointAsync(EvaluationDb db, Guid endpoint, IReadOnlyList<WebhookAnswer> answers, CancellationToken cancel)
    {
        var (now, giveUp) = (clock.GetUtcNow(), clock.GetUtcNow() - settings.GiveUpAfter);
        var active = db.WebhookEndpoints.Where(e => e.Id == endpoint && e.State == EndpointState.Active);
        if (answers.Any(a => a.IsGone))
        {
            await active.ExecuteUpdateAsync(set => set.SetProperty(e => e.State, EndpointState.Gone).SetProperty(e => e.Why, "It answered 410 Gone."), cancel);
            var abandoned = await db.WebhookDeliveries.Where(d => d.EndpointId == endpoint && d.State == DeliveryState.Pending && db.WebhookEndpoints.Any(e => e.Id == endpoint && e.State == EndpointState.Gone))
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Abandoned).SetProperty(d => d.LastError, d => d.LastError ?? "its endpoint answered 410 Gone"), cancel);
            log.LogWarning("Webhook endpoint {Endpoint} is gone: it is switched off, and {Deliveries} deliveries are abandoned", endpoint, abandoned);
        }
        else if (answers.Any(a => a.IsDelivered))
            await active.Where(e => e.FailingSince != null).ExecuteUpdateAsync(set => set.SetProperty(e => e.FailingSince, (DateTimeOffset?)null), cancel);
        else
        {
            await active.Where(e => e.FailingSince == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.FailingSince, now), cancel);
            if (await active.Where(e => e.FailingSince < giveUp).ExecuteUpdateAsync(set => set
                .SetProperty(e => e.State, EndpointState.Failing).SetProperty(e => e.Why, $"Nothing succeeded for {settings.GiveUpAfter.TotalDays:0} days."), cancel) > 0)
                log.LogWarning("Webhook endpoint {Endpoint} is switched off: nothing succeeded for {Days} days", endpoint, settings.GiveUpAfter.TotalDays);
        }
    }
}
