-- Partner systems' own ids were shared among them.
update submissions set instance_id = sent_by || '/' || instance_id where collector_id is null;

-- An edit counts when it has taken its place, not while files of it are still to come.
create or replace view assignment_states as
select a.id, a.wave_id, a.instrument, a.respondent, a.facility_id, a.attempts, a.last_attempt_at, s.id as submission_id,
    case when s.id is null then coalesce(a.last_outcome, 'Due') when s.answers ->> 'consent' = 'no' then 'Refused' else 'Done' end as state
from assignments a
left join lateral (
    select id, answers from submissions
    where respondent = a.respondent and instrument = a.instrument and wave_id = a.wave_id
        and superseded_by is null and deleted_at is null and review_state <> 'Rejected' and (complete or original_id is null)
    order by id limit 1
) s on true;
