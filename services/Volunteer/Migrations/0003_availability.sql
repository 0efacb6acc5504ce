create table weekly_slots (
    volunteer_id uuid not null constraint fk_weekly_slots_volunteer_id references volunteers on delete cascade,
    day integer not null,
    from_minute integer not null,
    to_minute integer not null,
    constraint pk_weekly_slots primary key (volunteer_id, day, from_minute)
);

create table absences (
    id uuid constraint pk_absences primary key,
    volunteer_id uuid not null constraint fk_absences_volunteer_id references volunteers on delete cascade,
    first date not null,
    last date not null
);
create index ix_absences_volunteer_id_first on absences (volunteer_id, first);

-- Whether a volunteer can come from "starts" until before "ends": on each day that this touches in the zone one weekly slot has to cover
-- its part (slots are stored so that they neither touch nor overlap), and the day may not lie in an absence.
create function is_available(volunteer uuid, starts timestamptz, ends timestamptz, zone text) returns boolean language sql stable as $$
    select not exists (
        select from generate_series(
            date_trunc('day', starts at time zone zone), date_trunc('day', (ends - interval '1 microsecond') at time zone zone), interval '1 day') as touched(day)
        where exists (select from absences a where a.volunteer_id = volunteer and touched.day::date between a.first and a.last)
           or not exists (select from weekly_slots s where s.volunteer_id = volunteer and s.day = extract(dow from touched.day)
                and touched.day + s.from_minute * interval '1 minute' <= greatest(starts at time zone zone, touched.day)
                and touched.day + s.to_minute * interval '1 minute' >= least(ends at time zone zone, touched.day + interval '1 day')))
$$;
