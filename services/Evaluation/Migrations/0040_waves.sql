create table waves (
    id uuid constraint pk_waves primary key,
    code text not null,
    kind text not null,
    instruments text[] not null,
    opens timestamptz not null,
    closes timestamptz not null,
    grace_days integer not null,
    zones text[] not null,
    facilities text[] not null,
    includes_waiting boolean not null,
    simulated boolean not null,
    state text not null,
    planned_by text not null,
    planned_at timestamptz not null,
    opened_at timestamptz,
    closed_at timestamptz,
    frozen_at timestamptz
);
create unique index wave_already_planned on waves (code);
create index ix_waves_state_opens on waves (state, opens);

create table wave_facilities (
    wave_id uuid not null constraint fk_wave_facilities_wave_id references waves on delete cascade,
    facility_id uuid not null,
    opens timestamptz not null,
    closes timestamptz not null,
    waiting boolean not null,
    constraint pk_wave_facilities primary key (wave_id, facility_id)
);
create index ix_wave_facilities_facility_id on wave_facilities (facility_id);

-- What cohort waves follow from; each fact may come first.
create table cohort_facilities (
    facility_id uuid constraint pk_cohort_facilities primary key,
    opened_at timestamptz,
    first_completed_on date,
    last_completed_on date
);

-- The wave that an interview belongs to, by when it was held: none, or the one whose window there opened last.
create function wave_for(facility uuid, instrument text, asked_at timestamptz) returns table (wave_id uuid, closes timestamptz)
language sql stable as $$
    select w.id, p.closes
    from wave_facilities p join waves w on w.id = p.wave_id
    where p.facility_id = facility and instrument = any (w.instruments)
        and asked_at >= p.opens and asked_at < p.closes + make_interval(days => w.grace_days)
    order by p.opens desc, w.code
    limit 1
$$;

create table analysis_plans (
    wave_id uuid not null constraint fk_analysis_plans_wave_id references waves on delete cascade,
    number integer not null,
    text text not null,
    sha256 bytea not null,
    saved_by text not null,
    saved_at timestamptz not null,
    constraint pk_analysis_plans primary key (wave_id, number)
);

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception '% is written once and never changed', tg_table_name;
end
$$;
create trigger analysis_plans_stay before update or delete or truncate on analysis_plans execute function refuse_rewriting();
