using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Availability;
using BetterConnections.Volunteers.Messages;
using BetterConnections.Volunteers.SiteReports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Volunteers.Tests.Erasure;

public class EraseVolunteerTests(VolunteerApp volunteers)
{
    private readonly HttpClient _office = volunteers.As(Roles.ProgrammeOffice);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_in_the_database_leads_to_an_erased_volunteer(bool byItself)
    {
        var person = await VolunteerWithTracesAsync();
        string[] traces = [person.Details.Name, person.Details.Email, person.Details.Phone!, person.Account, person.Details.HomeArea!, person.Details.Motivation!];
        Assert.Superset(new HashSet<string> { "volunteers", "volunteer_events", "assignments", "site_problems", "messages", "sent_mail", "idempotency_keys" },
            (await volunteers.TablesHoldingAsync(traces)).ToHashSet());

        // With an idempotency key, whose stored answer would name the caller.
        var erased = byItself
            ? await person.Client.PostOnceAsync(Steps.Me + "/erase", new { }, Guid.NewGuid().ToString())
            : await _office.PostOnceAsync($"{Steps.Volunteers}/{person.Id}/erase", new { }, Guid.NewGuid().ToString());
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        // Events name the account until the broker has them.
        await volunteers.Broker.HeardAsync<VolunteerErased>(e => e.VolunteerId == person.Id);
        await Eventually.BecomesAsync(async () => string.Join(", ", await volunteers.TablesHoldingAsync(traces)), tables => tables == "");
        await _office.GetAsync($"{Steps.Volunteers}/{person.Id}").RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        await person.Client.GetAsync(Steps.Me).RefusesAsync(HttpStatusCode.NotFound, "not_a_volunteer");
    }

    [Fact]
    public async Task Assignments_end_and_they_and_reports_without_their_photos_stay_counted()
    {
        var person = await volunteers.ScreenedAsync();
        var assignment = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(-1));
        var report = Guid.NewGuid();
        (await person.Client.PostAsync("/api/volunteer/site-reports", new FoundOnSite(report, assignment.FacilityId, volunteers.Clock.GetUtcNow(), 9, true, 12))).EnsureSuccessStatusCode();
        (await person.Client.PostAsync($"/api/volunteer/site-reports/{report}/photos", new ByteArrayContent([0xFF, 0xD8, 0xFF, 0xE0]))).EnsureSuccessStatusCode();

        (await person.Client.PostAsync(Steps.Me + "/erase", new { })).EnsureSuccessStatusCode();

        await volunteers.Broker.HeardAsync<AssignmentEnded>(e => e.AssignmentId == assignment.Id && e.Account == person.Account);
        var left = await volunteers.InDbAsync(db => db.Assignments.SingleAsync(a => a.Id == assignment.Id));
        Assert.Equal((AssignmentState.Cancelled, person.Id), (left.State, left.VolunteerId));
        Assert.Equal(report, await volunteers.InDbAsync(db => db.Set<SiteReport>().Where(r => r.VolunteerId == person.Id).Select(r => r.Id).SingleAsync()));
        Assert.False(await volunteers.InDbAsync(db => db.Set<SitePhoto>().AnyAsync(p => p.ReportId == report)));
    }

    [Fact]
    public async Task Erasing_twice_does_nothing_more_and_the_account_may_apply_anew()
    {
        var person = await volunteers.ScreenedAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await _office.PostAsync($"{Steps.Volunteers}/{person.Id}/erase", new { })).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await person.Client.PostAsync(Steps.Me + "/erase", new { })).StatusCode);
        }
        var entries = await volunteers.InDbAsync(db => db.Set<VolunteerEvent>().CountAsync(e => e.VolunteerId == person.Id));
        Assert.Equal(3, entries); // applied, accepted, erased

        Assert.NotEqual(person.Id, (await person.Client.PostAsync<VolunteerView>(Steps.Volunteers, Steps.Details())).Id);
    }

    [Fact]
    public async Task Who_is_erased_while_a_message_to_them_is_being_sent_is_erased_after_it()
    {
        var person = await volunteers.ScreenedAsync();
        await using var sending = await HeldLock.TakeAsync(volunteers.Services, $"select 1 from messages where volunteer_id = '{person.Id}' for update");
        var erasing = _office.PostAsync($"{Steps.Volunteers}/{person.Id}/erase", new { });
        await sending.WaitForAsync(1);

        await sending.RunAsync($"insert into sent_mail (id, volunteer_id, \"to\", subject, text, at) values (gen_random_uuid(), '{person.Id}', 'a', 'b', 'c', now())");
        await sending.ReleaseAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await erasing).StatusCode);
        Assert.Equal(0, await volunteers.InDbAsync(db => db.Set<SentMail>().CountAsync(m => m.VolunteerId == person.Id)));
    }

    [Fact]
    public async Task Nobody_erases_another_volunteer_but_the_programme_office()
    {
        var person = await volunteers.ScreenedAsync();
        var address = $"{Steps.Volunteers}/{person.Id}/erase";

        await volunteers.As(Roles.Volunteer).PostAsync(address, new { }).RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        await volunteers.As(Roles.TrainingPartner).PostAsync(address, new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await _office.PostAsync($"{Steps.Volunteers}/{Guid.NewGuid()}/erase", new { }).RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        Assert.Equal(person.Details.Name, (await person.Client.GetAsync<VolunteerView>(Steps.Me)).Name);
    }

    [Fact]
    public async Task A_certificate_that_is_heard_of_after_the_erasure_is_not_taken_up()
    {
        var person = await volunteers.ScreenedAsync();
        (await person.Client.PostAsync(Steps.Me + "/erase", new { })).EnsureSuccessStatusCode();

        var now = volunteers.Clock.GetUtcNow();
        await volunteers.DeliverAsync(new VolunteerCertified(person.Id, Guid.NewGuid(), ["computer-basics"], null, now), times: 2);

        Assert.Equal(VolunteerState.Inactive, await volunteers.InDbAsync(db => db.Volunteers.Where(v => v.Id == person.Id && !v.Certifications.Any()).Select(v => v.State).SingleAsync()));
    }

    /// <summary>Somebody who has used everything the service keeps about a volunteer, each write with an idempotency key.</summary>
    private async Task<Person> VolunteerWithTracesAsync()
    {
        var account = $"volunteer-{Guid.NewGuid():n}";
        var (client, details) = (volunteers.As(Roles.Volunteer, subject: account), Steps.Details());
        var applied = await (await client.PostOnceAsync(Steps.Volunteers, details, Guid.NewGuid().ToString())).ReadAsync<VolunteerView>();
        var person = new Person(applied.Id, account, details, client);
        await _office.PostOnceAsync($"{Steps.Volunteers}/{person.Id}/reject", new { why = $"{details.Name} sent no copy of a card" }, Guid.NewGuid().ToString());
        await _office.PostOnceAsync($"{Steps.Volunteers}/{person.Id}/accept", new { }, Guid.NewGuid().ToString());
        (await client.PutAsync(Steps.Me + "/availability", new AvailabilityDetails([new(DayOfWeek.Sunday, new(18, 0), new(21, 0))], [new(new(2026, 9, 7), new(2026, 9, 8))]), "*"))
            .EnsureSuccessStatusCode();
        (await client.PostOnceAsync(Steps.Me + "/calendar", new { }, Guid.NewGuid().ToString())).EnsureSuccessStatusCode();
        var onDuty = await volunteers.AssignAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(-1));
        (await client.PostOnceAsync("/api/volunteer/site-reports", new FoundOnSite(Guid.NewGuid(), onDuty.FacilityId, volunteers.Clock.GetUtcNow(), 9, true, 12,
            Problems: [new(ProblemConcern.Room, Text: $"{details.Name}: the lamp flickers")]), Guid.NewGuid().ToString())).EnsureSuccessStatusCode();
        var declined = await volunteers.OfferAsync(await volunteers.OpeningAsync(), person, volunteers.Shift(200));
        (await client.PostOnceAsync($"{WorkSteps.Assignments}/{declined.Id}/decline", new { why = $"{details.Name} is away" }, Guid.NewGuid().ToString())).EnsureSuccessStatusCode();
        await Eventually.BecomesAsync(() => volunteers.InDbAsync(db => db.Messages.CountAsync(m => m.VolunteerId == person.Id && m.State == MessageState.Waiting)), waiting => waiting == 0);
        return person;
    }
}
