using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Calendars;
using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers.Tests.Calendars;

public class CalendarTests(VolunteerApp volunteers)
{
    private const string Own = Steps.Me + "/calendar";

    /// <summary>As ical.js reads it.</summary>
    private sealed record Feed(string Name, string? Refresh, IReadOnlyList<Event> Events);

    private sealed record Event(string Uid, DateTimeOffset Starts, DateTimeOffset Ends, string Summary, string? Location, int Sequence, string Status, double[]? Geo);

    private static async Task<string> PathAsync(Person person) => new Uri((await person.Client.PostAsync<CalendarAddress>(Own)).Url).PathAndQuery;

    private async Task<(string Text, Feed Feed)> ReadAsync(string path)
    {
        var answer = await volunteers.Anonymous().GetAsync(path);
        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        return (text, JsonSerializer.Deserialize<Feed>(await Clients.RunAsync("read-calendar.mjs", text), HttpSteps.Json)!);
    }

    [Fact]
    public async Task A_calendar_program_reads_each_shift_of_an_accepted_assignment_with_its_place()
    {
        var (person, opening) = (await volunteers.ScreenedAsync(), await volunteers.OpeningAsync());
        var (first, second) = (volunteers.Shift(48), volunteers.Shift(72));
        await volunteers.AssignAsync(opening, person, first, second);
        await volunteers.OfferAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(96)); // not accepted

        var (_, feed) = await ReadAsync(await PathAsync(person));

        Assert.Equal("PT60M", feed.Refresh);
        Assert.Equal([(first.Starts, first.Ends), (second.Starts, second.Ends)], feed.Events.Select(e => (e.Starts, e.Ends)));
        Assert.All(feed.Events, e =>
        {
            Assert.Matches(@"^Monitor at facility F\d+$", e.Summary);
            Assert.Matches(@"^F\d+, 57$", e.Location);
            Assert.Equal([WorkSteps.DohaLatitude, WorkSteps.DohaLongitude], e.Geo!);
            Assert.Equal("CONFIRMED", e.Status);
        });
        Assert.Equal(2, feed.Events.Select(e => e.Uid).Distinct().Count());
    }

    [Fact]
    public async Task What_is_called_off_stays_in_the_feed_as_cancelled_with_a_higher_sequence()
    {
        var person = await volunteers.ScreenedAsync();
        var assignment = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person);
        var path = await PathAsync(person);
        var before = Assert.Single((await ReadAsync(path)).Feed.Events);

        await volunteers.Office().PostAsync<AssignmentView>($"{WorkSteps.Assignments}/{assignment.Id}/cancel", new { why = "the room is painted" });

        var after = Assert.Single((await ReadAsync(path)).Feed.Events);
        Assert.Equal((before.Uid, "CANCELLED"), (after.Uid, after.Status));
        Assert.True(after.Sequence > before.Sequence);
    }

    [Fact]
    public async Task Arabic_lines_are_folded_at_75_octets_and_read_back_whole()
    {
        var person = await volunteers.ScreenedAsync(Steps.Details(messageLanguage: "ar"));
        await volunteers.AssignAsync(await volunteers.OpeningAsync(AssignmentRole.Assessor), person);

        var (text, feed) = await ReadAsync(await PathAsync(person));

        Assert.StartsWith("مقيّم احتياجات في المركز F", Assert.Single(feed.Events).Summary);
        var lines = text.Split("\r\n");
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('�', text);
    }

    [Fact]
    public async Task The_address_is_kept_nowhere_not_even_for_who_asks_again_with_the_same_key()
    {
        var (person, key) = (await volunteers.ScreenedAsync(), Guid.NewGuid().ToString());
        var path = new Uri((await (await person.Client.PostOnceAsync(Own, new { }, key)).ReadAsync<CalendarAddress>()).Url).PathAndQuery;

        await person.Client.PostOnceAsync(Own, new { }, key).RefusesAsync(HttpStatusCode.Conflict, "answer_not_kept");
        Assert.Equal(HttpStatusCode.OK, (await volunteers.Anonymous().GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_new_address_revokes_the_former_and_a_revoked_or_made_up_token_opens_nothing()
    {
        var person = await volunteers.ScreenedAsync();
        var (first, second) = (await PathAsync(person), await PathAsync(person));

        await volunteers.Anonymous().GetAsync(first).RefusesAsync(HttpStatusCode.NotFound, "calendar_unknown");
        Assert.Equal(HttpStatusCode.OK, (await volunteers.Anonymous().GetAsync(second)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Client.PostAsync($"{Own}/revoke", new { })).StatusCode);
        await volunteers.Anonymous().GetAsync(second).RefusesAsync(HttpStatusCode.NotFound, "calendar_unknown");
        await volunteers.Anonymous().PostAsync(Own, new { }).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await volunteers.Office().PostAsync(Own, new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_program_that_has_the_latest_state_is_told_so()
    {
        var person = await volunteers.ScreenedAsync();
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), person);
        var (path, client) = (await PathAsync(person), volunteers.Anonymous());
        var etag = (await client.GetAsync(path)).Headers.ETag!;

        client.DefaultRequestHeaders.IfNoneMatch.Add(etag);
        Assert.Equal(HttpStatusCode.NotModified, (await client.GetAsync(path)).StatusCode);
        await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(100));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
    }
}
