-- When a sum last changed: what is published says so, and stays the same byte by byte until then.
alter table figure_months add column changed_at timestamptz not null default now();
alter table figure_months alter column changed_at drop default;

create or replace function count_fact() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        update figure_months set amount = amount - old.amount, facts = facts - 1, changed_at = now()
        where figure = old.figure and month = date_trunc('month', old.at at time zone 'UTC')::date
            and facility_id = coalesce(old.facility_id, '00000000-0000-0000-0000-000000000000');
    end if;
    insert into figure_months (figure, month, facility_id, amount, facts, changed_at)
    values (new.figure, date_trunc('month', new.at at time zone 'UTC')::date, coalesce(new.facility_id, '00000000-0000-0000-0000-000000000000'), new.amount, 1, now())
    on conflict (figure, month, facility_id) do update
        set amount = figure_months.amount + excluded.amount, facts = figure_months.facts + 1, changed_at = now();
    return null;
end $$;

-- Studies by others can be imported; one that is corrected gets a further version. Those that ship are imported anew at the next start.
drop table external_studies;
create table external_studies (
    code text not null,
    version integer not null,
    definition jsonb not null,
    imported_by text not null,
    imported_at timestamptz not null,
    constraint pk_external_studies primary key (code, version)
);
create trigger external_studies_stay before update or delete or truncate on external_studies execute function refuse_rewriting();

-- From a facility to the results that rest on it.
create index ix_snapshot_submissions_facility_id on snapshot_submissions (facility_id);
