-- Who left, wants no interview or was erased stays known as that, whichever event comes first: news that comes late brings nobody back.
alter table workers
    alter column pseudonym drop not null,
    alter column card drop not null,
    alter column facility_id drop not null,
    alter column joined_at drop not null,
    add column left_at timestamptz,
    add column declined_at timestamptz,
    add column consented_at timestamptz,
    add column erased_at timestamptz;
alter table workers add column askable boolean not null generated always as
    (card is not null and coalesce(left_at < joined_at, left_at is null) and coalesce(declined_at < consented_at, declined_at is null)) stored;

-- An interview goes where its worker is now: at another facility of the wave it is due there, and nobody is sent to who has gone.
drop view facility_progress;
drop view assignment_states;
create view assignment_states as
select a.id, a.wave_id, a.instrument, a.respondent, coalesce(p.facility_id, a.facility_id) as facility_id, a.attempts, a.last_attempt_at, s.id as submission_id,
    case
        when s.answers ->> 'consent' = 'no' then 'Refused'
        when s.id is not null then 'Done'
        when p.facility_id is null and a.last_outcome is distinct from 'Refused' then 'Withdrawn'
        else coalesce(a.last_outcome, 'Due')
    end as state
from assignments a
left join lateral (
    select id, facility_id, answers from submissions
    where respondent = a.respondent and instrument = a.instrument and wave_id = a.wave_id
        and superseded_by is null and deleted_at is null and review_state <> 'Rejected' and (complete or original_id is null)
    order by id limit 1
) s on true
left join workers w on w.pseudonym = a.respondent and w.askable
left join wave_facilities p on p.wave_id = a.wave_id and p.facility_id = coalesce(s.facility_id, w.facility_id);

create view facility_progress as
select p.wave_id, p.facility_id, f.code as facility, f.zone, p.opens, p.closes, p.waiting,
    count(a.id)::int as assigned,
    count(*) filter (where a.state = 'Done')::int as done,
    count(*) filter (where a.state = 'Refused')::int as refused,
    count(*) filter (where a.state = 'NotReached')::int as not_reached,
    count(*) filter (where a.state = 'Withdrawn')::int as withdrawn,
    count(*) filter (where a.state in ('Due', 'NotReached'))::int as outstanding
from wave_facilities p
join facilities f on f.id = p.facility_id
left join assignment_states a on a.wave_id = p.wave_id and a.facility_id = p.facility_id
where f.code is not null
group by p.wave_id, p.facility_id, f.id;
