-- What a submission sends to the database: services/Evaluation/OpenRosaServer/FieldCollector.cs, then the one statement of
-- services/Evaluation/Submissions/SubmissionStore.cs, here with values for its parameters.
\set facility random(9001, 9100)
\set item random(1, 1000000)
select id, label, forms, facilities, issued_at from collectors where token_hash = (select token_hash from collectors limit 1) and revoked_at is null and valid_until > now();
with form as (
    select id, instrument_code, state,
        coalesce(now() - interval '9 minutes' < published_at - interval '1 day', false) or coalesce(now() > now() + interval '1 day', false) or coalesce(now() < now() - interval '9 minutes', false) as clock_off
    from instrument_versions where form_id = 'bc-worker-baseline' and form_version = (select form_version from instrument_versions where form_id = 'bc-worker-baseline' and state = 'Published' limit 1)
), instance as (
    select 'uuid:' || gen_random_uuid() as id
), known as (
    select id, sha256, deleted_at is not null as deleted, complete from submissions where form_id = 'bc-worker-baseline' and instance_id = (select id from instance)
), erased as (
    select 1 from workers where pseudonym = 'R-' || :item::int and erased_at is not null
), place as (
    select (select id from facilities where code = 'F' || :facility::int) as id
), added as (
    insert into submissions (form_id, form_version, instance_id, version_id, instrument, collector_id, sent_by, device_id, respondent, facility_id, wave_id,
        started_at, ended_at, received_at, clock_off, late, complete, review_state, media_type, sha256, body, answers, problems)
    select 'bc-worker-baseline', '1', instance.id, form.id, instrument_code, '0b5e0000-0000-7000-8000-000000000004', 'collector Benchmark phone', null, 'R-' || :item::int, place.id, wave_id,
        now() - interval '9 minutes', now(), now(), clock_off, coalesce(now() >= closes, false), true, 'Received', 'text/xml', sha256('x'), convert_to(repeat('x', 760), 'UTF8'),
        jsonb_build_object('consent', 'yes', 'Q1', '1', 'Q2', '2', 'Q3', '3', 'Q4', '4', 'Q5', '5', 'Q6', '1', 'Q7', '2', 'Q8', '3', 'Q9', '4', 'Q10', '5', 'Q11', '1', 'Q12', '2',
            'Q13', '3', 'Q14', '4', 'Q15', '5', 'Q16', '1', 'Q17', '2', 'Q18', '3', 'Q19', '4', 'Q20', '5'), array[]::text[]
    from form cross join place cross join instance
    left join lateral wave_for(place.id, instrument_code, now()) on true
    where state = 'Published' and not exists (select 1 from known) and not exists (select 1 from erased)
    on conflict (form_id, instance_id) do nothing
    returning *
), published as (
    insert into outbox_messages (id, type, body, trace_parent, created_at, due_at, attempts)
    select gen_random_uuid(), 'SubmissionReceived', jsonb_build_object('SubmissionId', s.id, 'OriginalId', s.original_id, 'FormId', s.form_id, 'FormVersion', s.form_version,
        'Instrument', s.instrument, 'WaveId', s.wave_id, 'FacilityId', s.facility_id, 'Late', s.late, 'At', now()), null, now(), now(), 0
    from added s where complete
)
select (select id from added), (select state from form), known.id, known.sha256, known.deleted, known.complete, exists (select 1 from erased) from (select 1) one left join known on true;
