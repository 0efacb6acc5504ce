using System.Diagnostics;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

public class TraceJourneyTests(WholeSystem system)
{
    [Fact]
    public async Task One_trace_leads_from_the_request_through_the_events_to_the_other_service_and_back()
    {
        var employer = await system.Staff.ApprovedEmployerAsync();
        var facility = (await employer.ApplyAsync(await employer.AddSiteAsync("Traced camp", facilities: 1))).Id;
        await system.Office.AssessNeedsAsync(facility);
        await employer.PrepareSpaceAsync(system.Office, facility);
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        (await system.Office.PostTracedAsync($"/api/enrollment/facilities/{facility}/space-ready", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")).Read();

        // Whether stock suffices or not, Inventory answers the first event with one of its own.
        string[] there = ["gateway", "POST /api/enrollment/facilities/{id:guid}/space-ready", "send FacilitySpaceReady", "inventory.reserve-kit-when-facility-space-ready"];
        string[] back = ["enrollment.mark-kit-reserved-when-kit-reserved", "enrollment.show-waiting-reason-when-kit-backordered"];
        await Eventually.BecomesAsync(() => Task.FromResult(string.Join(", ", there.Except(system.Traces.Seen(trace, there)))), missing => missing == "", TimeSpan.FromMinutes(1));
        await Eventually.BecomesAsync(() => Task.FromResult(system.Traces.Seen(trace, back).Count), seen => seen >= 1, TimeSpan.FromMinutes(1));
        await system.Office.WithdrawAsync(facility);
    }

    [Theory, InlineData("enrollment"), InlineData("inventory")]
    public Task Each_service_tells_how_much_it_has_not_sent_and_how_old_that_is(string service) => Eventually.BecomesAsync(
        () => Task.FromResult(system.Traces.Measured(service, "betterconnections.outbox.unsent", "betterconnections.outbox.oldest_unsent.age")), seen => seen, TimeSpan.FromMinutes(1));
}
