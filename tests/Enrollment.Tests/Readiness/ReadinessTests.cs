using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Enrollment.Readiness;
using BetterConnections.Testing;

namespace BetterConnections.Enrollment.Tests.Readiness;

public class ReadinessTests(EnrollmentApp app)
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    private readonly HttpClient _office = app.Office();

    [Fact]
    public async Task Hardware_is_asked_for_once_every_mandatory_item_has_passed_and_not_before()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);
        var (address, subject) = ($"/api/enrollment/facilities/{id}", $"volunteer-{Guid.NewGuid()}");
        await _office.PostAsync<HelperView>(address + "/helpers", new { subject, role = "Inspector" });
        var inspector = app.As(Roles.Volunteer, subject: subject);
        var items = Steps.Qatar.Checklist.Select(i => i.Code).ToList();

        foreach (var item in items) await DoAsync(employer, id, item);
        Assert.Equal(FacilityState.SpaceInPreparation, (await employer.Client.GetAsync<FacilityView>(address)).State);
        foreach (var item in items.Skip(2)) await inspector.PostAsync<FacilityView>($"{address}/checklist/{item}/inspect", new { passed = true });
        await inspector.PostAsync<FacilityView>($"{address}/checklist/{items[0]}/inspect", new { passed = false, remark = "18 square metres" });

        var problem = await inspector.PostAsync(address + "/space-ready", new { }).RefusesAsync(HttpStatusCode.Conflict, "checklist_incomplete");
        Assert.Equal([(items[0], "failed"), (items[1], "not_inspected")],
            problem.GetProperty("missing").EnumerateArray().Select(m => (m.GetProperty("item").GetString()!, m.GetProperty("why").GetString()!)));

        await DoAsync(employer, id, items[0]); // done anew, so inspected anew
        foreach (var item in items.Take(2)) await inspector.PostAsync<FacilityView>($"{address}/checklist/{item}/inspect", new { passed = true });
        Assert.Empty((await employer.Client.GetAsync<ChecklistView>(address + "/checklist")).Missing);
        Assert.Equal(FacilityState.SpaceReady, (await inspector.PostAsync<FacilityView>(address + "/space-ready")).State);

        var heard = await app.Broker.HeardAsync<FacilitySpaceReady>(e => e.FacilityId == id);
        Assert.Equal((0, 10, 1), (heard.Priority, heard.Computers, heard.Modems));
        await inspector.PostAsync(address + "/space-ready", new { }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await inspector.PostAsync($"{address}/checklist/{items[0]}/inspect", new { passed = false, remark = "after all" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    [Fact]
    public async Task The_checklist_shows_every_item_in_order_with_what_was_marked_and_shown()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);
        await DoAsync(employer, id, "sockets");

        var checklist = await employer.Client.GetAsync<ChecklistView>($"/api/enrollment/facilities/{id}/checklist");

        Assert.Equal(Steps.Qatar.Checklist.Select(i => i.Code), checklist.Items.Select(i => i.Item));
        Assert.Equal(9, checklist.Missing.Count);
        var sockets = checklist.Items.Single(i => i.Item == "sockets");
        Assert.Equal(("done by our electrician", null, "image/jpeg"), (sockets.Note, sockets.Passed, sockets.Evidence.Single().ContentType));
    }

    [Theory]
    [InlineData("image/jpeg", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "image/jpeg")]
    [InlineData("image/jpeg", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, "image/png")]
    [InlineData("application/octet-stream", new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D, 0x31 }, "application/pdf")]
    public async Task Evidence_is_what_its_first_bytes_say_and_comes_back_as_it_was(string declared, byte[] content, string type)
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);

        var uploaded = await (await UploadAsync(employer, id, "light", content, declared)).ReadAsync<EvidenceView>();
        var again = await (await UploadAsync(employer, id, "light", content, declared)).ReadAsync<EvidenceView>();

        Assert.Equal((type, content.Length, uploaded.Id), (uploaded.ContentType, uploaded.Bytes, again.Id));
        var back = await employer.Client.GetAsync($"/api/enrollment/facilities/{id}/evidence/{uploaded.Id}");
        Assert.Equal(content, await back.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", type, "nosniff"), (back.Content.Headers.ContentDisposition!.DispositionType, back.Content.Headers.ContentType!.MediaType,
            back.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.True(back.Headers.CacheControl?.NoStore);
        await (await app.EmployerAsync()).Client.GetAsync($"/api/enrollment/facilities/{id}/evidence/{uploaded.Id}").RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
    }

    [Fact]
    public async Task A_web_page_called_a_photograph_and_a_file_over_the_limit_are_refused()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);

        await UploadAsync(employer, id, "light", "<html><script>"u8.ToArray(), "image/jpeg").RefusesAsync(HttpStatusCode.BadRequest, "evidence_type_not_allowed");
        await UploadAsync(employer, id, "light", [], "image/jpeg").RefusesAsync(HttpStatusCode.BadRequest, "evidence_type_not_allowed");
        await UploadAsync(employer, id, "light", [.. Jpeg, .. new byte[Evidence.LargestBytes]], "image/jpeg").RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
        await UploadAsync(employer, id, "swimming-pool", Jpeg, "image/jpeg").RefusesAsync(HttpStatusCode.NotFound, "checklist_item_unknown");
        Assert.Equal(FacilityState.NeedsAssessed, (await employer.Client.GetAsync<FacilityView>($"/api/enrollment/facilities/{id}")).State);
    }

    [Fact]
    public async Task An_item_holds_a_limited_number_of_files()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);
        for (byte i = 0; i < Evidence.MostPerItem; i++) await (await UploadAsync(employer, id, "light", [.. Jpeg, i], "image/jpeg")).ReadAsync<EvidenceView>();
        await UploadAsync(employer, id, "light", [.. Jpeg, 99], "image/jpeg").RefusesAsync(HttpStatusCode.Conflict, "evidence_full");
    }

    [Fact]
    public async Task An_item_is_done_with_evidence_or_note_inspected_when_done_and_failed_with_a_remark()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.NeedsAssessed, employer);
        var checklist = $"/api/enrollment/facilities/{id}/checklist";

        await employer.Client.PostAsync(checklist + "/cooling/done", new { note = "trust us" }).RefusesAsync(HttpStatusCode.Conflict, "evidence_missing");
        await employer.Client.PostAsync(checklist + "/opening-hours/done", new { }).RefusesAsync(HttpStatusCode.BadRequest, "note_required");
        await _office.PostAsync(checklist + "/cooling/inspect", new { passed = true }).RefusesAsync(HttpStatusCode.Conflict, "item_not_done");
        await employer.Client.PostAsync<FacilityView>(checklist + "/opening-hours/done", new { note = "06:00 to 23:00" });
        await _office.PostAsync(checklist + "/opening-hours/inspect", new { passed = false }).RefusesAsync(HttpStatusCode.BadRequest, "remark_required");
        await _office.PostAsync(checklist + "/opening-hours/inspect", new { }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await employer.Client.PostAsync(checklist + "/opening-hours/inspect", new { passed = true }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Nothing_is_prepared_before_the_needs_are_assessed()
    {
        var employer = await app.EmployerAsync();
        var id = await app.FacilityInAsync(FacilityState.Applied, employer);
        await UploadAsync(employer, id, "light", Jpeg, "image/jpeg").RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
        await employer.Client.PostAsync($"/api/enrollment/facilities/{id}/checklist/opening-hours/done", new { note = "always" }).RefusesAsync(HttpStatusCode.Conflict, "state_forbids");
    }

    private static async Task DoAsync(SomeEmployer employer, Guid facility, string item)
    {
        await (await UploadAsync(employer, facility, item, [.. Jpeg, .. Guid.NewGuid().ToByteArray()], "image/jpeg")).ReadAsync<EvidenceView>();
        await employer.Client.PostAsync<FacilityView>($"/api/enrollment/facilities/{facility}/checklist/{item}/done", new { note = "done by our electrician" });
    }

    private static Task<HttpResponseMessage> UploadAsync(SomeEmployer employer, Guid facility, string item, byte[] content, string type) =>
        employer.Client.PostAsync($"/api/enrollment/facilities/{facility}/checklist/{item}/evidence?fileName=photo",
            new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });
}
