namespace BetterConnections.Journeys.Tests;

/// <summary>Compares Volunteer's and Training's books with what was acknowledged, and with those of the services that hear of it.</summary>
public sealed class TeachingAudit(Books books)
{
    private const string Volunteer = "volunteer", Training = "training", Enrollment = "enrollment", Evaluation = "evaluation";

    public Task HoldsExactlyAsync(Ledger ledger) => HoldsAsync(ledger, ledger);

    /// <summary>The databases stopped somewhere between these two moments.</summary>
    public async Task HoldsAsync(Ledger atLeast, Ledger atMost)
    {
        var mark = atMost.Mark;
        var ours = $"(select id from volunteers where name = '{mark}')";
        await HoldsAsync(l => l.Volunteers, Volunteer, $"select id from volunteers where name = '{mark}'");
        await HoldsAsync(l => l.Assignments, Volunteer, $"select id from assignments where accepted_at is not null and volunteer_id in {ours}");
        await HoldsAsync(l => l.Visits, Volunteer, $"select id from visits where state = 'Approved' and approved_minutes = 60 and volunteer_id in {ours}");
        await HoldsAsync(l => l.Problems, Volunteer, $"select p.id from site_problems p join site_reports r on r.id = p.report_id where r.volunteer_id in {ours}");

        // A worker is known by its card, a volunteer by the venue of its course.
        var attended = $"from attendance_marks m join sessions s on s.id = m.session_id join learners l on l.id = m.learner_id where (s.venue = '{mark}' or l.code like '{mark}-%')";
        await HoldsAsync(l => l.Marks, Training, $"select m.id {attended}");
        await HoldsAsync(l => l.Delivered, Training, $"select s.id {attended} and s.state = 'Delivered' and s.attended = 1");
        await HoldsAsync(l => l.Cards, Training, $"select l.code from completions c join learners l on l.id = c.learner_id where l.code like '{mark}-%'");

        Task HoldsAsync<T>(Func<Ledger, IEnumerable<T>> of, string service, string sql) where T : notnull => books.HoldAsync(of(atLeast), of(atMost), service, sql);
    }

    /// <summary>What one service told, the others hold just so: nothing is missing and nothing counted twice.</summary>
    public async Task ServicesAgreeAsync()
    {
        await AgreeAsync((Training, "select id from certificates where audience = 'Volunteers'"), (Volunteer, "select id from certifications where certified_at is not null"));
        await AgreeAsync((Volunteer, "select id from assignments where accepted_at is not null and role = 'Trainer'"), (Training, "select id from trainer_assignments"));
        await AgreeAsync((Volunteer, "select id from assignments where accepted_at is not null"), (Enrollment, "select id from facility_helpers where volunteer_id is not null"));
        await AgreeAsync((Volunteer, "select id from site_problems"), (Enrollment, "select id from tickets where opened_by = 'OpenTicketsWhenSiteReported'"));
        await AgreeAsync((Enrollment, "select id from workers"), (Training, "select id from learners where kind = 'Worker'"));
        await AgreeAsync(
            (Enrollment, "select concat_ws(' ', id, case when erased_at is not null then 'erased' else concat_ws(' ', code, facility_id, case when left_at is null then 'is there' else 'left' end) end) from workers"),
            (Evaluation, "select concat_ws(' ', id, case when erased_at is not null then 'erased' else concat_ws(' ', card, facility_id, case when coalesce(left_at < joined_at, left_at is null) then 'is there' else 'left' end) end) from workers"));
        await AgreeAsync((Volunteer, "select id::text || ' ' || approved_minutes from visits where state = 'Approved'"),
            (Evaluation, "select source_key || ' ' || (amount * 60)::int from facts where figure = 'volunteer-hours'"));
        await AgreeAsync((Training, "select s.id::text || ' ' || count(r.learner_id) from sessions s left join attendance_records r on r.session_id = s.id where s.state = 'Delivered' group by s.id"),
            (Evaluation, "select source_key || ' ' || amount::int from facts where figure = 'attendances'"));
        await AgreeAsync((Training, "select course_id || '/' || learner_id from completions where round = 1"), (Evaluation, "select source_key from facts where figure = 'courses-completed'"));
    }

    private async Task AgreeAsync((string Service, string Sql) one, (string Service, string Sql) other) => Assert.Equal(
        await books.ColumnAsync<string>(one.Service, $"select value::text from ({one.Sql}) as told (value) order by 1"),
        await books.ColumnAsync<string>(other.Service, $"select value::text from ({other.Sql}) as heard (value) order by 1"));
}
