alter table facilities
    add opening_hours jsonb not null default '[]'::jsonb,
    add delivery_on date,
    add delivery_as_of timestamptz;
