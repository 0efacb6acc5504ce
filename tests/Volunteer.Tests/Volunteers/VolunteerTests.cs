using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Volunteers.Tests;

public class VolunteerTests(VolunteerApp volunteers)
{
    private readonly HttpClient _office = volunteers.As(Roles.ProgrammeOffice);

    [Fact]
    public async Task An_application_gets_a_number_and_is_shown_as_it_was_made()
    {
        var person = await volunteers.ApplyAsync(Steps.Details() with { HomeLatitude = 25.1712345, HomeLongitude = 51.6038765 });

        var seen = await _office.GetAsync<VolunteerView>($"{Steps.Volunteers}/{person.Id}");
        Assert.Matches(@"^V-\d{6}$", seen.Number);
        Assert.Equal((person.Details.Name, person.Details.Email, VolunteerState.Applied), (seen.Name, seen.Email, seen.State));
        Assert.Equal(person.Details.Languages, seen.Languages);
        Assert.Equal((25.171, 51.604), (seen.HomeLatitude!.Value, seen.HomeLongitude!.Value));
        Assert.Equal(seen.Number, (await person.Client.GetAsync<VolunteerView>(Steps.Me)).Number);
    }

    [Fact]
    public async Task An_account_applies_once()
    {
        var person = await volunteers.ApplyAsync();
        await person.Client.PostAsync(Steps.Volunteers, Steps.Details()).RefusesAsync(HttpStatusCode.Conflict, "account_already_volunteer");
    }

    [Fact]
    public async Task What_cannot_be_understood_is_a_coded_400()
    {
        var details = Steps.Details();
        foreach (var (wrong, code) in new (VolunteerDetails, string)[]
        {
            (details with { Name = "" }, "validation_failed"),
            (details with { Languages = [] }, "validation_failed"),
            (details with { MessageLanguage = "fr" }, "validation_failed"),
            (details with { Email = "nobody" }, "validation_failed"),
            (details with { Email = "a b@example.org" }, "email_not_valid"),
            (details with { Name = "Amina\r\nBcc: all@example.org" }, "text_not_valid"),
            (details with { Languages = [new("xx", LanguageLevel.Good)] }, "language_unknown"),
            (details with { Languages = [new("en", LanguageLevel.Good), new("en", LanguageLevel.Basic)] }, "language_twice"),
            (details with { Skills = ["magician"] }, "skill_unknown"),
            (details with { HomeLongitude = null }, "coordinates_incomplete"),
            (details with { HomeLatitude = 51.6, HomeLongitude = 25.2 }, "coordinates_outside_country"),
        })
            await volunteers.As(Roles.Volunteer).PostAsync(Steps.Volunteers, wrong).RefusesAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_language_without_its_level_is_refused_for_it_could_not_be_shown_again()
    {
        var application = JsonSerializer.SerializeToNode(Steps.Details(), HttpSteps.Json)!;
        application["languages"] = new JsonArray(new JsonObject { ["language"] = "en" });
        await volunteers.As(Roles.Volunteer).PostAsync(Steps.Volunteers, (object)application).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    [Fact]
    public async Task A_volunteer_corrects_its_own_profile_with_a_fresh_etag_only()
    {
        var person = await volunteers.ApplyAsync();
        var etag = (await person.Client.GetAsync(Steps.Me)).Headers.ETag!.Tag;
        var corrected = person.Details with { HomeArea = "Lusail", Languages = [new("ne", LanguageLevel.Fluent), new("en", LanguageLevel.Basic)] };

        await person.Client.PutAsync(Steps.Me, corrected, ifMatch: null).RefusesAsync(HttpStatusCode.PreconditionRequired, "if_match_required");
        var view = await (await person.Client.PutAsync(Steps.Me, corrected, etag)).ReadAsync<VolunteerView>();
        await person.Client.PutAsync(Steps.Me, corrected, etag).RefusesAsync(HttpStatusCode.PreconditionFailed, "etag_stale");

        Assert.Equal("Lusail", view.HomeArea);
        Assert.Equal(corrected.Languages, (await person.Client.GetAsync<VolunteerView>(Steps.Me)).Languages);
    }

    [Fact]
    public async Task Another_volunteers_data_is_not_there_and_other_roles_are_refused()
    {
        var (person, other) = (await volunteers.ApplyAsync(), await volunteers.ApplyAsync());
        var address = $"{Steps.Volunteers}/{person.Id}";

        await other.Client.GetAsync(address).RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        await other.Client.GetAsync(address + "/history").RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        Assert.Equal([other.Id], (await other.Client.GetAsync<Postgres.Page<VolunteerView>>(Steps.Volunteers)).Items.Select(v => v.Id));
        await volunteers.As(Roles.Volunteer).GetAsync(Steps.Me).RefusesAsync(HttpStatusCode.NotFound, "not_a_volunteer");
        foreach (var role in new[] { Roles.Employer, Roles.Operator, Roles.Donor })
            await volunteers.As(role, Guid.NewGuid()).GetAsync(address).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await volunteers.WithScope("volunteer.read").GetAsync(address).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await volunteers.As(Roles.ProgrammeOffice).PostAsync(Steps.Volunteers, Steps.Details()).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await other.Client.PostAsync(address + "/accept", new { }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Accepting_an_application_is_announced_with_the_languages_best_first()
    {
        var person = await volunteers.ApplyAsync(Steps.Details(languages: ["ne", "en"]));

        await _office.PostAsync<VolunteerView>($"{Steps.Volunteers}/{person.Id}/accept");

        var heard = await volunteers.Broker.HeardAsync<VolunteerScreened>(e => e.VolunteerId == person.Id);
        Assert.Equal(person.Account, heard.Account);
        Assert.Equal(["ne", "en"], heard.Languages);
        Assert.Equal((await person.Client.GetAsync<VolunteerView>(Steps.Me)).Number, heard.Number);
        await _office.PostAsync($"{Steps.Volunteers}/{person.Id}/accept", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task A_rejection_has_its_reason_and_can_be_thought_over()
    {
        var person = await volunteers.ApplyAsync();
        await _office.PostAsync($"{Steps.Volunteers}/{person.Id}/reject", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");

        await _office.PostAsync<VolunteerView>($"{Steps.Volunteers}/{person.Id}/reject", new { why = "no time before autumn" });
        await _office.PostAsync<VolunteerView>($"{Steps.Volunteers}/{person.Id}/accept");

        var history = await person.Client.GetAsync<List<VolunteerEventView>>($"{Steps.Volunteers}/{person.Id}/history");
        Assert.Equal([(VolunteerState.Applied, null), (VolunteerState.Rejected, "no time before autumn"), (VolunteerState.Screened, null)],
            history.Select(h => (h.State, h.Why)));
    }

    [Fact]
    public async Task Who_stops_and_comes_back_is_where_its_certificates_put_it()
    {
        var (screened, certified) = (await volunteers.ScreenedAsync(), await volunteers.CertifiedAsync());
        foreach (var (person, state) in new[] { (screened, VolunteerState.Screened), (certified, VolunteerState.Certified) })
        {
            var address = $"{Steps.Volunteers}/{person.Id}";
            Assert.Equal(VolunteerState.Inactive, (await _office.PostAsync<VolunteerView>(address + "/deactivate", new { why = "moves abroad" })).State);
            await volunteers.Broker.HeardAsync<VolunteerDeactivated>(e => e.VolunteerId == person.Id);
            Assert.Equal(state, (await _office.PostAsync<VolunteerView>(address + "/reactivate")).State);
            await volunteers.Broker.HeardAsync<VolunteerReactivated>(e => e.VolunteerId == person.Id);
        }
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_language_skill_certificate_and_a_part_of_the_name()
    {
        var person = await volunteers.CertifiedAsync("labour-rights");
        var name = person.Details.Name.ToUpperInvariant();

        foreach (var filter in new[] { "state=Certified", "language=hi", "skill=trainer", "topic=labour-rights" })
            Assert.Equal([person.Id], await Found($"search={name}&{filter}"));
        foreach (var filter in new[] { "state=Applied", "language=tl", "skill=monitor", "topic=money-transfer" })
            Assert.Empty(await Found($"search={name}&{filter}"));

        async Task<IEnumerable<Guid>> Found(string query) =>
            (await _office.GetAsync<Postgres.Page<VolunteerView>>($"{Steps.Volunteers}?{query}")).Items.Select(v => v.Id);
    }

    [Fact]
    public async Task The_OpenAPI_document_is_served() => Assert.Equal(HttpStatusCode.OK, (await volunteers.Anonymous().GetAsync("/openapi/volunteer.json")).StatusCode);
}
