-- Answers that the form does not allow, as item:code; null for what came before anybody looked.
alter table submissions add problems text[];

-- Who was asked, held against the list of workers and the wave's sample. Where a facility still waits nobody has a card or is drawn, and of who
-- declined the card is not asked for.
create view submission_flags as
select s.id,
    asks.a_worker and not exists (select from workers w where w.pseudonym = s.respondent)
        and not exists (select from sample_members m where m.wave_id = s.wave_id and m.respondent = s.respondent) as unknown_card, -- who was drawn and has left since was known
    asks.a_worker and exists (select from samples d where d.wave_id = s.wave_id)
        and not exists (select from sample_members m where m.wave_id = s.wave_id and m.respondent = s.respondent) as not_drawn
from submissions s
join instrument_versions v on v.id = s.version_id
left join wave_facilities p on p.wave_id = s.wave_id and p.facility_id = s.facility_id
cross join lateral (select v.respondent = 'Worker' and not coalesce(p.waiting, false) and s.answers ->> 'consent' is distinct from 'no' as a_worker) asks;

-- Format 1: frozen before this was looked at. Results of such waves come out as they did then.
alter table wave_snapshots add format integer not null default 1, add unknown_cards integer not null default 0, add not_drawn integer not null default 0;
alter table wave_snapshots alter format drop default, alter unknown_cards drop default, alter not_drawn drop default;
alter table snapshot_submissions add impossible text[];
