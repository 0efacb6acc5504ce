using System.Net;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Sessions;
using BetterConnections.Training.Timetable;

namespace BetterConnections.Training.Tests.Timetable;

public class CalendarTests(TrainingApp training)
{
    private const string Calendars = "/api/training/calendars";

    private sealed record Event(string Uid, string Summary, string? Location, int Sequence, string Status, DateTimeOffset Starts, DateTimeOffset Ends, double[]? Geo);

    private async Task<IReadOnlyList<Event>> SubscribeAsync(CreatedCalendar calendar)
    {
        var answer = await training.Anonymous().GetAsync(new Uri(calendar.Url).PathAndQuery);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var read = JsonSerializer.Deserialize<JsonElement>(await Clients.RunAsync("read-calendar.mjs", await answer.Content.ReadAsStringAsync()));
        Assert.Equal("PT60M", read.GetProperty("refresh").GetString());
        return read.GetProperty("events").Deserialize<List<Event>>(HttpSteps.Json)!;
    }

    [Fact]
    public async Task A_trainer_subscribes_to_its_sessions_and_an_independent_reader_understands_them()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var (kept, off) = (await site.PlanAsync(24, trainer: trainer), await site.PlanAsync(48, trainer: trainer));
        await site.PlanAsync(72); // another's
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{off.Id}/cancel", new { why = "holiday; the hall, closed" });

        var calendar = await trainer.Client.PostAsync<CreatedCalendar>(Calendars);
        var events = await SubscribeAsync(calendar);

        Assert.Equal([(kept.Starts, kept.Ends, "CONFIRMED", 0), (off.Starts, off.Ends, "CANCELLED", 1)], events.Select(e => (e.Starts, e.Ends, e.Status, e.Sequence)));
        Assert.Equal(($"session-{kept.Id}@better-connections", $"{site.Code}, {site.Zone}", $"{Site.Basics} (hi)"), (events[0].Uid, events[0].Location, events[0].Summary));
        Assert.Equal([25.2867, 51.5333], events[0].Geo!);
    }

    [Fact]
    public async Task An_employer_and_the_training_partner_subscribe_to_a_facility()
    {
        var (site, other) = (await Site.OpenAsync(training), await Site.OpenAsync(training));
        var session = await site.PlanAsync();
        var employer = training.As(Roles.Employer, site.Employer);

        foreach (var client in new[] { employer, site.Partner })
            Assert.Equal([session.Starts], (await SubscribeAsync(await client.PostAsync<CreatedCalendar>(Calendars, new { facilityId = site.Id }))).Select(e => e.Starts));

        await employer.PostAsync(Calendars, new { facilityId = other.Id }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await (await site.TrainerAsync()).Client.PostAsync(Calendars, new { facilityId = site.Id }).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await employer.PostAsync(Calendars, new { }).RefusesAsync(HttpStatusCode.BadRequest, "facility_required");
        await training.As(Roles.Donor, Guid.NewGuid()).PostAsync(Calendars, new { facilityId = site.Id }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_revoked_calendar_and_one_that_never_was_answer_404()
    {
        var site = await Site.OpenAsync(training);
        var (trainer, stranger) = (await site.TrainerAsync(), await site.TrainerAsync());
        var calendar = await trainer.Client.PostAsync<CreatedCalendar>(Calendars);

        Assert.Equal([calendar.Id], (await trainer.Client.GetAsync<List<CalendarView>>(Calendars)).Select(c => c.Id));
        await stranger.Client.PostAsync($"{Calendars}/{calendar.Id}/revoke", new { }).RefusesAsync(HttpStatusCode.NotFound, "calendar_unknown");
        await SubscribeAsync(calendar);

        Assert.Equal(HttpStatusCode.NoContent, (await trainer.Client.PostAsync($"{Calendars}/{calendar.Id}/revoke", new { })).StatusCode);
        await training.Anonymous().GetAsync(new Uri(calendar.Url).PathAndQuery).RefusesAsync(HttpStatusCode.NotFound, "calendar_unknown");
        await training.Anonymous().GetAsync("/api/training/public/calendar/key/nonsense/sessions.ics").RefusesAsync(HttpStatusCode.NotFound, "calendar_unknown");
    }

    [Fact]
    public async Task Anybody_reads_what_hangs_at_the_door_and_nobody_who_teaches()
    {
        var site = await Site.OpenAsync(training);
        var trainer = await site.TrainerAsync();
        var (running, off, _, _) = (await site.PlanAsync(-1, trainer: trainer), await site.PlanAsync(24), await site.PlanAsync(-8), await site.PlanAsync(48, byPartner: false));
        await site.Partner.PostAsync<SessionView>($"/api/training/sessions/{off.Id}/cancel", new { why = "holiday" });
        var path = $"/api/training/public/timetable?facility={site.Code.ToLowerInvariant()}";

        var text = await training.Anonymous().GetStringAsync(path);
        var first = await training.Anonymous().GetAsync<Page<TimetableRow>>(path + "&limit=1");
        var rest = await training.Anonymous().GetAsync<Page<TimetableRow>>($"{path}&limit=1&after={first.Next}");

        Assert.Equal([(running.Starts, false), (off.Starts, true)], first.Items.Concat(rest.Items).Select(r => (r.Starts, r.Cancelled)));
        Assert.Null(rest.Next);
        Assert.DoesNotContain(trainer.Id.ToString(), text);
        await training.Anonymous().GetAsync("/api/training/public/timetable?facility=F0000X").RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await training.Anonymous().GetAsync("/api/training/public/timetable").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }
}
