using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Facilities;

public class HelperByAssignmentTests(EnrollmentApp app)
{
    private readonly HttpClient _office = app.Office();
    private readonly string _account = $"volunteer-{Guid.NewGuid():n}";
    private readonly Guid _volunteer = Guid.NewGuid();
    private DateTimeOffset Now => app.Clock.GetUtcNow();

    [Theory]
    [InlineData(AssignmentRoles.Assessor)]
    [InlineData(AssignmentRoles.Inspector)]
    [InlineData(AssignmentRoles.Installer)]
    [InlineData(AssignmentRoles.Trainer)]
    [InlineData(AssignmentRoles.Monitor)]
    public async Task Who_accepted_an_assignment_sees_its_facility_until_it_ends(string role)
    {
        var facility = await FacilityAsync();
        var accepted = Accepted(facility.Id, role);

        await app.DeliverAsync(accepted, times: 2);
        Assert.Equal(facility.Code, (await Volunteer().GetAsync<FacilityView>(Address(facility))).Code);
        Assert.Equal([(_account, role)], (await HelpersAsync(facility)).Select(h => (h.Subject, h.Role.ToString().ToLowerInvariant())));

        await app.DeliverAsync(Ended(accepted), times: 2);
        await Volunteer().GetAsync(Address(facility)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        Assert.Empty(await HelpersAsync(facility));
    }

    [Fact]
    public async Task An_assessor_by_assignment_records_the_needs()
    {
        var facility = await FacilityAsync();
        await app.DeliverAsync(Accepted(facility.Id, AssignmentRoles.Assessor));

        Assert.Equal(FacilityState.NeedsAssessed, (await Volunteer().PostAsync<FacilityView>(Address(facility) + "/needs-assessment", Steps.Needs())).State);
    }

    [Fact]
    public async Task An_end_that_arrives_before_its_beginning_stands()
    {
        var facility = await FacilityAsync();
        var accepted = Accepted(facility.Id, AssignmentRoles.Trainer);

        await app.DeliverAsync(Ended(accepted));
        await app.DeliverAsync(accepted);

        await Volunteer().GetAsync(Address(facility)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
    }

    [Fact]
    public async Task Who_has_two_assignments_at_a_facility_or_is_named_by_hand_too_sees_it_until_the_last_ends()
    {
        var facility = await FacilityAsync();
        var (first, second) = (Accepted(facility.Id, AssignmentRoles.Inspector), Accepted(facility.Id, AssignmentRoles.Inspector));
        await app.DeliverAsync(first);
        await app.DeliverAsync(second);
        await _office.PostAsync<HelperView>(Address(facility) + "/helpers", new { subject = _account, role = "Inspector" });
        await _office.PostAsync(Address(facility) + "/helpers", new { subject = _account, role = "Inspector" }).RefusesAsync(HttpStatusCode.Conflict, "helper_already_named");

        await app.DeliverAsync(Ended(first));
        Assert.Equal(facility.Code, (await Volunteer().GetAsync<FacilityView>(Address(facility))).Code);
        await app.DeliverAsync(Ended(second));
        Assert.Equal(facility.Code, (await Volunteer().GetAsync<FacilityView>(Address(facility))).Code);

        Assert.Equal(HttpStatusCode.NoContent, (await _office.DeleteAsync($"{Address(facility)}/helpers/{_account}")).StatusCode);
        await Volunteer().GetAsync(Address(facility)).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
    }

    [Fact]
    public async Task An_erased_volunteers_account_is_nowhere_any_more_and_what_it_did_stays()
    {
        var facility = await FacilityAsync();
        var accepted = Accepted(facility.Id, AssignmentRoles.Assessor);
        await app.DeliverAsync(accepted);
        await Volunteer().PostOnceAsync(Address(facility) + "/needs-assessment", Steps.Needs(), Guid.NewGuid().ToString());

        await app.DeliverAsync(new VolunteerErased(_volunteer, Now), times: 2);
        await app.DeliverAsync(new VolunteerErased(_volunteer, Now));
        await app.DeliverAsync(Ended(accepted)); // what comes late does not bring it back
        await app.DeliverAsync(Accepted(facility.Id, AssignmentRoles.Monitor));

        Assert.Empty(await ColumnsHoldingAsync(_account));
        Assert.Equal($"volunteer {_volunteer}", (await _office.GetAsync<NeedsAssessment>(Address(facility) + "/needs-assessment")).AssessedBy);
    }

    /// <summary>Every table and column whose text holds it, sent events, inbox and audit trail aside.</summary>
    private Task<List<string>> ColumnsHoldingAsync(string text) => app.InDbAsync(async db =>
    {
        var columns = await db.Database.SqlQuery<string>($"""
            select table_name || '.' || column_name as "Value" from information_schema.columns
            where table_schema = 'public' and table_name not in ('outbox_messages', 'sent_messages', 'audit_entries') and data_type in ('text', 'jsonb', 'ARRAY', 'uuid', 'character varying')
            """).ToListAsync();
        Assert.Contains("facility_helpers.subject", columns);
        var holding = new List<string>();
        foreach (var column in columns)
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
#pragma warning disable EF1002 // names of the schema itself
            if ((await db.Database.SqlQueryRaw<int>($"select count(*)::int as \"Value\" from \"{table}\" where position({{0}} in \"{name}\"::text) > 0", text).ToListAsync()).Single() > 0) holding.Add(column);
#pragma warning restore EF1002
        }
        return holding;
    });

    private async Task<FacilityView> FacilityAsync() => await (await app.EmployerAsync()).FacilityAsync();
    private HttpClient Volunteer() => app.As(Roles.Volunteer, subject: _account);
    private static string Address(FacilityView facility) => $"/api/enrollment/facilities/{facility.Id}";
    private Task<List<HelperView>> HelpersAsync(FacilityView facility) => _office.GetAsync<List<HelperView>>(Address(facility) + "/helpers");
    private AssignmentAccepted Accepted(Guid facility, string role) => new(Guid.NewGuid(), _volunteer, _account, facility, role, ["hi"], [], Now, Now.AddDays(1), Now);
    private AssignmentEnded Ended(AssignmentAccepted a) => new(a.AssignmentId, a.VolunteerId, a.Account, a.FacilityId, a.Role, Now);
}
