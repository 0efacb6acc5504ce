namespace BetterConnections.Bench;

/// <summary>Open facilities in Enrollment, told to the other services by the outbox as any opening is.</summary>
internal static class Facilities
{
    /// <summary>Codes from F9001 on, as many as <paramref name="count"/>; those that are there stay.</summary>
    public static async Task OpenAsync(Installation system, int count = 1500)
    {
        await system.ExecuteAsync("enrollmentdb", $"""
            insert into employers (id, commercial_registration, name, state, state_since, registered_at, history_length)
            values ('0b5e0000-0000-7000-8000-000000000002', '9000001', 'Benchmark employer', 'Approved', now(), now(), 0) on conflict do nothing;
            insert into sites (id, employer_id, name, address, zone, latitude, longitude, residents, languages, added_at)
            values ('0b5e0000-0000-7000-8000-000000000003', '0b5e0000-0000-7000-8000-000000000002', 'Benchmark site', 'Street 1', 'Zone 91', 25.2, 51.5, 800, array['hi', 'ne'], now()) on conflict do nothing;
            with opened as (
                insert into facilities (id, number, code, employer_id, site_id, residents, priority, state, state_since, applied_at, opening_number, opened_at, history_length)
                select gen_random_uuid(), 9000 + n, 'F' || 9000 + n, '0b5e0000-0000-7000-8000-000000000002', '0b5e0000-0000-7000-8000-000000000003', 800, 0, 'Open', now(), now(),
                    9000 + n, now(), 0
                from generate_series(1, {count}) n on conflict do nothing returning *)
            insert into outbox_messages (id, type, body, created_at, due_at, attempts)
            select gen_random_uuid(), 'FacilityOpened', jsonb_build_object('FacilityId', id, 'Code', code, 'EmployerId', employer_id, 'OpeningNumber', opening_number, 'Zone', 'Zone 91',
                'Latitude', 25.2, 'Longitude', 51.5, 'Residents', 800, 'Languages', array['hi', 'ne'], 'Topics', array['computer-basics'], 'At', now()), now(), now(), 0
            from opened
            """);
        await system.WaitUntilAsync("enrollmentdb", "select count(*) = 0 from outbox_messages", TimeSpan.FromMinutes(2));
        foreach (var database in (string[])["evaluationdb", "trainingdb", "volunteerdb"])
            await system.WaitUntilAsync(database, $"select count(*) >= {count} from facilities", TimeSpan.FromMinutes(2));
    }

    /// <summary>One of them.</summary>
    public static Task<Guid> AnyAsync(Installation system) => system.ScalarAsync<Guid>("enrollmentdb", "select id from facilities where code = 'F9001'");

    public static Task<List<Guid>> AllAsync(Installation system) => system.ColumnAsync<Guid>("enrollmentdb", "select id from facilities where state = 'Open'");
}
