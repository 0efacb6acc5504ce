using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Evaluation.Collectors;
using BetterConnections.Postgres.Audit;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>The questionnaires that a volunteer finds in the portal.</summary>
public class OwnCollectorTests(EvaluationApp evaluation)
{
    private const string Mine = "/api/evaluation/my/collectors";

    private sealed record Interviewer(Guid Id, string Number, string Account, HttpClient Http);

    [Fact]
    public async Task A_volunteer_finds_its_own_questionnaires_with_what_they_ask_and_nobody_elses()
    {
        var (field, volunteer, other) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync(), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);

        var own = Assert.Single(await ListAsync(volunteer));
        Assert.Equal((issued.Collector.Id, field.Facility, issued.Collector.ValidUntil), (own.Id, Assert.Single(own.Facilities), own.ValidUntil));
        var form = Assert.Single(own.Forms);
        Assert.Equal(FieldWork.Baseline, form.Id);
        Assert.Contains("ar", form.Languages);
        Assert.Empty(await ListAsync(other));
        Assert.Equal(volunteer.Number, (await field.Office.GetAsync<CollectorView>($"/api/evaluation/collectors/{own.Id}")).Volunteer);
    }

    [Fact]
    public async Task A_new_address_opens_the_forms_and_the_one_before_it_ends()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);

        var answer = await volunteer.Http.PostAsync($"{Mine}/{issued.Collector.Id}/address", null);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var first = (await answer.ReadAsync<CollectorAddress>()).WebUrl;
        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(issued.WebUrl));
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(first));

        var second = (await volunteer.Http.PostAsync<CollectorAddress>($"{Mine}/{issued.Collector.Id}/address")).WebUrl;
        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(first));
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(second));
    }

    [Fact]
    public async Task The_phone_that_is_signed_out_of_ends_its_address_and_a_collector_of_nobody_keeps_its_own()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);
        foreach (var address in new[] { issued.WebUrl, field.Issued.WebUrl })
            Assert.Equal(HttpStatusCode.NoContent, (await evaluation.Anonymous().DeleteAsync(address)).StatusCode);

        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(issued.WebUrl));
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(field.Issued.WebUrl));
        Assert.Equal(issued.Collector.Id, Assert.Single(await ListAsync(volunteer)).Id); // to be opened again
        foreach (var collector in new[] { issued, field.Issued })
        {
            var subject = collector.Collector.Id.ToString();
            var entry = await evaluation.InDbAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Subject == subject));
            Assert.StartsWith("DELETE ", entry.Action);
        }
    }

    [Fact]
    public async Task A_phone_that_takes_another_address_does_not_disturb_who_is_changing_the_collector_and_a_leaving_does()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);
        var path = $"/api/evaluation/collectors/{issued.Collector.Id}";
        var scope = new CollectorScope("Changed meanwhile", [FieldWork.Baseline], [field.Facility], evaluation.Clock.GetUtcNow().AddDays(20));
        var read = (await field.Office.GetAsync(path)).Headers.ETag!.Tag;

        await volunteer.Http.PostAsync<CollectorAddress>($"{Mine}/{issued.Collector.Id}/address");
        var changed = await field.Office.PutAsync(path, scope, read);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        await field.Office.PutAsync(path, scope, read).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
        await evaluation.DeliverAsync(new VolunteerDeactivated(volunteer.Id, evaluation.Clock.GetUtcNow()));
        await field.Office.PutAsync(path, scope, changed.Headers.ETag!.Tag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");
    }

    [Fact]
    public async Task What_is_anothers_or_over_or_revoked_is_not_there()
    {
        var (field, volunteer, other) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync(), await ScreenAsync());
        var (issued, revoked, over) = (await IssueAsync(field, volunteer), await IssueAsync(field, volunteer), await IssueAsync(field, volunteer));
        await field.Office.PostAsync<CollectorView>($"/api/evaluation/collectors/{revoked.Collector.Id}/revoke");
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update collectors set valid_until = {evaluation.Clock.GetUtcNow()} where id = {over.Collector.Id}"));

        Assert.Equal(issued.Collector.Id, Assert.Single(await ListAsync(volunteer)).Id);
        foreach (var (who, id) in new[] { (other, issued), (volunteer, revoked), (volunteer, over), (volunteer, field.Issued) })
            await who.Http.PostAsync($"{Mine}/{id.Collector.Id}/address", null).RefusesAsync(HttpStatusCode.NotFound, "collector_unknown");
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(issued.WebUrl));
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(field.Issued.WebUrl));
    }

    [Fact]
    public async Task Who_is_no_volunteer_has_no_questionnaires_here()
    {
        foreach (var role in Roles.All.Except([Roles.Volunteer]))
        {
            await evaluation.As(role).GetAsync(Mine).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await evaluation.As(role).PostAsync($"{Mine}/{Guid.NewGuid()}/address", null).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        await evaluation.Anonymous().GetAsync(Mine).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_number_that_no_volunteer_has_is_refused()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        await field.Office.PostAsync("/api/evaluation/collectors", Request(field, "V-0")).RefusesAsync(HttpStatusCode.BadRequest, "volunteer_unknown");
    }

    [Fact]
    public async Task The_collectors_of_a_volunteer_who_stopped_open_nothing()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);

        await evaluation.DeliverAsync(new VolunteerDeactivated(volunteer.Id, evaluation.Clock.GetUtcNow()), times: 2);

        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(issued.WebUrl));
        Assert.Empty(await ListAsync(volunteer));
        Assert.Equal(HttpStatusCode.OK, await FormListAsync(field.Issued.WebUrl));

        await field.Office.PostAsync("/api/evaluation/collectors", Request(field, volunteer.Number)).RefusesAsync(HttpStatusCode.Conflict, "volunteer_left");
    }

    [Fact]
    public async Task Who_is_taken_in_again_gets_collectors_again_and_keeps_them_though_its_leaving_is_heard_of_late()
    {
        var (field, volunteer, now) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync(), evaluation.Clock.GetUtcNow());
        var before = await IssueAsync(field, volunteer);

        await evaluation.DeliverAsync(new VolunteerReactivated(volunteer.Id, now));
        var again = await IssueAsync(field, volunteer);
        await evaluation.InDbAsync(db => db.Database.ExecuteSqlAsync($"update collectors set issued_at = {now.AddDays(-2)} where id = {before.Collector.Id}"));
        await evaluation.DeliverAsync(new VolunteerDeactivated(volunteer.Id, now.AddDays(-1)));

        Assert.Equal(again.Collector.Id, Assert.Single(await ListAsync(volunteer)).Id);
        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(before.WebUrl));
    }

    [Fact]
    public async Task A_collector_that_is_issued_while_its_volunteer_leaves_ends_with_the_others()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        await using var held = await HeldLock.TakeAsync(evaluation.Services, $"select from volunteers where number = '{volunteer.Number}' for update");
        var issuing = IssueAsync(field, volunteer);
        await held.WaitForAsync(1);
        var leaving = evaluation.DeliverAsync(new VolunteerDeactivated(volunteer.Id, evaluation.Clock.GetUtcNow().AddMinutes(1)));
        await held.WaitForAsync(2);
        await held.ReleaseAsync();

        var issued = await issuing;
        await leaving;
        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(issued.WebUrl));
    }

    [Fact]
    public async Task An_erased_volunteer_is_forgotten_also_where_its_screening_is_heard_of_late()
    {
        var (field, volunteer) = (await FieldWork.PrepareAsync(evaluation), await ScreenAsync());
        var issued = await IssueAsync(field, volunteer);

        await evaluation.DeliverAsync(new VolunteerErased(volunteer.Id, evaluation.Clock.GetUtcNow()), times: 2);
        await evaluation.DeliverAsync(new VolunteerScreened(volunteer.Id, volunteer.Account, ["ne"], evaluation.Clock.GetUtcNow(), volunteer.Number));

        Assert.Equal(HttpStatusCode.Forbidden, await FormListAsync(issued.WebUrl));
        Assert.Empty(await ListAsync(volunteer));
        Assert.Empty(await evaluation.TablesHoldingAsync(volunteer.Number, volunteer.Account));
    }

    private async Task<Interviewer> ScreenAsync()
    {
        var (id, number, account) = (Guid.NewGuid(), $"V-{Random.Shared.Next(100_000, 999_999_999)}", $"account-{Guid.NewGuid():n}");
        await evaluation.DeliverAsync(new VolunteerScreened(id, account, ["ne"], evaluation.Clock.GetUtcNow(), number));
        return new(id, number, account, evaluation.As(Roles.Volunteer, subject: account));
    }

    private static Task<IssuedCollector> IssueAsync(FieldWork field, Interviewer volunteer) =>
        field.Office.PostAsync<IssuedCollector>("/api/evaluation/collectors", Request(field, volunteer.Number));

    private static NewCollector Request(FieldWork field, string volunteer) =>
        new("Volunteer's phone", [FieldWork.Baseline], [field.Facility], field.App.Clock.GetUtcNow().AddDays(30), volunteer);

    private static Task<List<OwnCollectorView>> ListAsync(Interviewer volunteer) => volunteer.Http.GetAsync<List<OwnCollectorView>>(Mine);

    private async Task<HttpStatusCode> FormListAsync(string webUrl) => (await evaluation.Anonymous().GetAsync(new Uri(new Uri(webUrl), "formList"))).StatusCode;
}
