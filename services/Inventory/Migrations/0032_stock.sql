-- Insert-only: stock is the sum of the signed counts, so that no two transactions ever wait for one row. Compacted now and then.
create table stock_levels (
    kind text not null,
    state text not null,
    location_id uuid,
    count bigint not null
);

-- Every entry of a device's history takes it out of where it was and puts it where it is; entries that come by COPY too.
create function device_events_to_stock() returns trigger language plpgsql as $$
begin
    insert into stock_levels (kind, state, location_id, count)
    select kind, state, location_id, sum(change)
    from (
        select kind, from_state as state, from_location_id as location_id, -1 as change from entered where from_state is not null
        union all
        select kind, to_state, to_location_id, 1 from entered
    ) changes
    group by kind, state, location_id
    having sum(change) <> 0;
    return null;
end $$;

create trigger device_events_to_stock after insert on device_events
    referencing new table as entered for each statement execute function device_events_to_stock();

insert into stock_levels (kind, state, location_id, count)
select kind, to_state, to_location_id, count(*)
from (select distinct on (device_id) kind, to_state, to_location_id from device_events order by device_id, seq desc) latest
group by kind, to_state, to_location_id;
