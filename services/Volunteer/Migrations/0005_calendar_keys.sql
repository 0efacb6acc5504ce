create table calendar_keys (
    volunteer_id uuid constraint pk_calendar_keys primary key constraint fk_calendar_keys_volunteer_id references volunteers on delete cascade,
    hash bytea not null,
    created_at timestamptz not null
);
create unique index ix_calendar_keys_hash on calendar_keys (hash);
