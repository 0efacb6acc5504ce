alter table samples add column instruments text[];
update samples s set instruments = coalesce((select array_agg(distinct a.instrument order by a.instrument)
    from sample_members m join assignments a on a.wave_id = m.wave_id and a.respondent = m.respondent where m.sample_id = s.id), array[]::text[]);
alter table samples alter column instruments set not null;
