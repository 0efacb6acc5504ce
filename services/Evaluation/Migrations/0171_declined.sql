-- In a worker's form the facility is asked first and the card only of who agrees: a refusal has a place and nobody's name.
create index ix_submissions_wave_id_facility_id on submissions (wave_id, facility_id) where respondent is null and (answers ->> 'consent') = 'no';

create or replace view facility_progress as
select p.wave_id, p.facility_id, f.code as facility, f.zone, p.opens, p.closes, p.waiting,
    count(a.id)::int as assigned,
    count(*) filter (where a.state = 'Done')::int as done,
    count(*) filter (where a.state = 'Refused')::int as refused,
    count(*) filter (where a.state = 'NotReached')::int as not_reached,
    count(*) filter (where a.state = 'Withdrawn')::int as withdrawn,
    count(*) filter (where a.state in ('Due', 'NotReached'))::int as outstanding,
    (
        select count(*) from submissions s
        where s.wave_id = p.wave_id and s.facility_id = p.facility_id and s.respondent is null and s.answers ->> 'consent' = 'no'
            and s.superseded_by is null and s.deleted_at is null and s.review_state <> 'Rejected' and (s.complete or s.original_id is null)
    )::int as declined
from wave_facilities p
join facilities f on f.id = p.facility_id
left join assignment_states a on a.wave_id = p.wave_id and a.facility_id = p.facility_id
where f.code is not null
group by p.wave_id, p.facility_id, f.id;

-- Null: frozen before it was counted.
alter table wave_snapshots add declined integer;
